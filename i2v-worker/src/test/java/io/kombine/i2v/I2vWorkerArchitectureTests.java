package io.kombine.i2v;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.kombine.i2v", importOptions = ImportOption.DoNotIncludeTests.class)
class I2vWorkerArchitectureTests {

  @ArchTest
  static final ArchRule codecsStayWithVideoFilesAndTheLocalProvider =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.kombine.i2v.provider.local..", "io.kombine.i2v.video..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.bytedeco..");

  @ArchTest
  static final ArchRule klingsTokensStayWithTheirProvider =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.kombine.i2v.provider.kling..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.nimbusds..");

  @ArchTest
  static final ArchRule httpStaysWithRemoteProviders =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "io.kombine.i2v.provider.kling..",
              "io.kombine.i2v.provider.fal..",
              "io.kombine.i2v.remote..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.springframework.web.client..", "java.net.http..");

  @ArchTest
  static final ArchRule providersDoNotKnowEachOther =
      slices().matching("io.kombine.i2v.provider.(*)..").should().notDependOnEachOther();

  @ArchTest
  static final ArchRule otherServicesAreNotReachedInto =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.kombine.batch..",
              "io.kombine.i2i..",
              "io.kombine.gateway..",
              "io.kombine.upload..");
}
