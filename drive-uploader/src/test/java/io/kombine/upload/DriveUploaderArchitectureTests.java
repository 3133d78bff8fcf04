package io.kombine.upload;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "io.kombine.upload",
    importOptions = ImportOption.DoNotIncludeTests.class)
class DriveUploaderArchitectureTests {

  @ArchTest
  static final ArchRule drivesAreKnownByTheirPortOnly =
      classes()
          .that()
          .resideInAPackage("io.kombine.upload.drive.*")
          .should()
          .onlyBeAccessed()
          .byClassesThat()
          .resideInAPackage("io.kombine.upload.drive.*");

  @ArchTest
  static final ArchRule portKnowsNoFrameworkNorDatabase =
      noClasses()
          .that()
          .resideInAPackage("io.kombine.upload.drive")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.springframework..", "java.sql..", "org.apache.kafka..");

  @ArchTest
  static final ArchRule treeAndDrivesKnowNothingOfKafka =
      noClasses()
          .that()
          .resideInAnyPackage("io.kombine.upload.tree..", "io.kombine.upload.drive..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.kafka..", "org.springframework.kafka..");

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("io.kombine.upload.(**)").should().beFreeOfCycles();
}
