package io.kombine.batch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.kombine.batch", importOptions = ImportOption.DoNotIncludeTests.class)
class BatchApiArchitectureTests {

  @ArchTest
  static final ArchRule noPackageCycles =
      slices().matching("io.kombine.batch.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule webTypesStayAtTheEdge =
      noClasses()
          .that()
          .resideInAnyPackage(
              "io.kombine.batch.plan",
              "io.kombine.batch.pricing",
              "io.kombine.batch.pipeline",
              "io.kombine.batch.source",
              "io.kombine.batch.tree",
              "io.kombine.batch.model",
              "io.kombine.batch.problem",
              "io.kombine.batch.read",
              "io.kombine.batch.artifact")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.springframework.web..", "jakarta.servlet..");

  @ArchTest
  static final ArchRule plansKnowNeitherSpringNorTime =
      noClasses()
          .that()
          .resideInAnyPackage("io.kombine.batch.plan", "io.kombine.batch.tree")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.springframework..", "java.time..", "java.sql..");

  @ArchTest
  static final ArchRule httpClientStaysWhereAddressesAreJudged =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.kombine.batch.artifact.fetch")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.hc..", "java.net.http..");
}
