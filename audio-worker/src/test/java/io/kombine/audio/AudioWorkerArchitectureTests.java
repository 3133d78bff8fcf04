package io.kombine.audio;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.kombine.audio", importOptions = ImportOption.DoNotIncludeTests.class)
class AudioWorkerArchitectureTests {

  @ArchTest
  static final ArchRule programsAreRunByTheLocalProviderAlone =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.kombine.audio.provider.local..")
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName(ProcessBuilder.class.getName());

  @ArchTest
  static final ArchRule providersDoNotKnowEachOther =
      slices()
          .matching("io.kombine.audio.provider.(*)..")
          .should()
          .notDependOnEachOther()
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule otherServicesAreNotReachedInto =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.kombine.batch..",
              "io.kombine.i2i..",
              "io.kombine.i2v..",
              "io.kombine.gateway..",
              "io.kombine.upload..");
}
