package dev.vernier.tests.architecture;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.targetOwner;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameStartingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.factory.Nd4j;

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
  static final ArchRule generatorsKnowNoTokenizer =
      noClasses()
          .that()
          .resideInAPackage("dev.vernier.generators..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.vernier.tokenizers..");

  @ArchTest
  static final ArchRule tokenizersKnowNoGenerator =
      noClasses()
          .that()
          .resideInAPackage("dev.vernier.tokenizers..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.vernier.generators..");

  /** On another device than the CPU a pointer does not lead to an array's numbers. */
  @ArchTest
  static final ArchRule pointersToArraysAreForMemoryAndTheCpusKernelsAlone =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.vernier.engine.memory", "dev.vernier.engine.onednn")
          .should()
          .callMethodWhere(
              target(name("addressPointer"))
                  .or(target(name("address")))
                  .or(target(name("pointer")))
                  .or(target(nameStartingWith("asNio")))
                  .and(targetOwner(assignableTo(DataBuffer.class))));

  @ArchTest
  static final ArchRule onlyTheEngineCallsOperationsOneByOne =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.vernier.engine..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.nd4j.linalg.api.ops.executioner..")
          .orShould()
          .callMethodWhere(
              target(nameStartingWith("getExecutioner"))
                  .or(target(nameStartingWith("exec")))
                  .and(targetOwner(assignableTo(Nd4j.class))));

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("dev.vernier.(**)").should().beFreeOfCycles();

  /** A package lies in one module, so that the modules can become those of the Java platform. */
  @ArchTest
  static void packagesAreNotSplit(JavaClasses classes) {
    Map<String, Set<String>> modules = new TreeMap<>();
    for (JavaClass each : classes) {
      URI source = each.getSource().orElseThrow().getUri();
      String module = source.toString().replaceFirst("dev/vernier/.*", "");
      modules.computeIfAbsent(each.getPackageName(), name -> new TreeSet<>()).add(module);
    }
    assertThat(modules).hasSizeGreaterThan(10);
    assertThat(modules).allSatisfy((name, of) -> assertThat(of).as(name).hasSize(1));
  }
}
