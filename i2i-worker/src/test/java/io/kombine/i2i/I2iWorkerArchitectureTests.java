package io.kombine.i2i;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.kombine.i2i", importOptions = ImportOption.DoNotIncludeTests.class)
class I2iWorkerArchitectureTests {

  @ArchTest
  static final ArchRule drawingStaysWithTheLocalProviderAndWritingWithImages =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.kombine.i2i.provider.local..", "io.kombine.i2i.image..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.awt..", "javax.imageio..");

  @ArchTest
  static final ArchRule openAiStaysWithItsProvider =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.kombine.i2i.provider.openai..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.openai..", "kotlin..");

  @ArchTest
  static final ArchRule geminiAndItsClientStayWithTheirProvider =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.kombine.i2i.provider.gemini..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.google.genai..", "com.google.auth..", "com.google.api..");

  @ArchTest
  static final ArchRule theHttpClientOfBothStaysWithThem =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "io.kombine.i2i.provider.gemini..", "io.kombine.i2i.provider.openai..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("okhttp3..");

  @ArchTest
  static final ArchRule providersDoNotKnowEachOther =
      slices().matching("io.kombine.i2i.provider.(*)..").should().notDependOnEachOther();

  @ArchTest
  static final ArchRule otherServicesAreNotReachedInto =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.kombine.batch..",
              "io.kombine.i2v..",
              "io.kombine.audio..",
              "io.kombine.gateway..",
              "io.kombine.upload..");
}
