package io.kombine.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "io.kombine.gateway",
    importOptions = ImportOption.DoNotIncludeTests.class)
class GatewayArchitectureTests {

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("io.kombine.gateway.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule otherServicesAreNotReachedInto =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.kombine.batch..",
              "io.kombine.i2i..",
              "io.kombine.i2v..",
              "io.kombine.audio..",
              "io.kombine.upload..");

  @ArchTest
  static final ArchRule noDatabaseIsTouched =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.sql..", "javax.sql..", "org.springframework.jdbc..");
}
