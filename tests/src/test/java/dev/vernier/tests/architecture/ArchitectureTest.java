package dev.vernier.tests.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may know whom. */
@AnalyzeClasses(packages = "dev.vernier", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule contractsDoNotKnowTheirToolkit =
      noClasses()
          .that()
          .resideInAnyPackage("dev.vernier.spi", "dev.vernier.spi.results")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.vernier.spi.support..");

  @ArchTest
  static final ArchRule harnessAndReportsKnowContractsOnly =
      noClasses()
          .that()
          .resideInAnyPackage("dev.vernier.harness..", "dev.vernier.reports..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.vernier.spi.support..", "dev.vernier.tokenizers..", "dev.vernier.generators..");

  @ArchTest
  static final ArchRule pluginsDoNotKnowTheHarness =
      noClasses()
          .that()
          .resideInAnyPackage("dev.vernier.tokenizers..", "dev.vernier.generators..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.vernier.harness..", "dev.vernier.reports..");

  @ArchTest
  static final ArchRule pluginsDoNotKnowEachOther =
      slices().matching("dev.vernier.tokenizers.(*)..").should().notDependOnEachOther();

  @ArchTest
  static final ArchRule harnessHasNoCycles =
      slices().matching("dev.vernier.harness.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule toolkitHasNoCycles =
      slices().matching("dev.vernier.spi.support.(*)..").should().beFreeOfCycles();
}
