package dev.vernier.tests.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may know whom. */
@AnalyzeClasses(packages = "dev.vernier", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String[] TOOLKIT = {
    "dev.vernier.engine.*..",
    "dev.vernier.autoencoder..",
    "dev.vernier.quantize..",
    "dev.vernier.adversarial..",
    "dev.vernier.nets..",
    "dev.vernier.weights.."
  };

  @ArchTest
  static final ArchRule contractsKnowNothingElse =
      noClasses()
          .that()
          .resideInAPackage("dev.vernier.spi")
          .should()
          .dependOnClassesThat(
              resideInAPackage("dev.vernier..").and(resideOutsideOfPackage("dev.vernier.spi")));

  @ArchTest
  static final ArchRule harnessAndReportsKnowContractsAndRecordsOnly =
      noClasses()
          .that()
          .resideInAnyPackage(
              "dev.vernier.harness..", "dev.vernier.reports..", "dev.vernier.records")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(TOOLKIT)
                  .or(resideInAnyPackage("dev.vernier.tokenizers..", "dev.vernier.generators..")));

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
  static final ArchRule packagesHaveNoCycles =
      slices().matching("dev.vernier.(**)").should().beFreeOfCycles();
}
