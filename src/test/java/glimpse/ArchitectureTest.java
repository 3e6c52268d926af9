package glimpse;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The rules that keep the code simple. Arrows only fall: root, sandbox, features, images, http and database. */
class ArchitectureTest {
    private static final JavaClasses GLIMPSE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            // Compiled from WebAssembly: it alone makes more calls than all that is ours.
            .withImportOption(file -> !file.contains("/Dav1dMachine"))
            .importPackages("glimpse");

    /** Compiled from WebAssembly, and no code of ours. */
    private static final DescribedPredicate<JavaClass> OURS = DescribedPredicate.describe(
            "written by us",
            type -> !type.getName().startsWith("glimpse.images.Dav1d$")
                    && !type.getSimpleName().equals("Dav1d"));

    @Test
    void the_rules_see_the_code() {
        assertThat(GLIMPSE.size()).isGreaterThan(100);
    }

    @Test
    void packages_form_no_cycle() {
        slices().matching("glimpse.(*)..").should().beFreeOfCycles().check(GLIMPSE);
    }

    @Test
    void what_features_stand_on_knows_no_feature() {
        noClasses()
                .that()
                .resideInAnyPackage("glimpse.http..", "glimpse.database..", "glimpse.secrets..")
                .should()
                .dependOnClassesThat(resideInAPackage("glimpse..")
                        .and(DescribedPredicate.not(
                                resideInAnyPackage("glimpse.http..", "glimpse.database..", "glimpse.secrets.."))))
                .check(GLIMPSE);
    }

    @Test
    void http_knows_no_database_and_the_database_no_http() {
        noClasses()
                .that()
                .resideInAPackage("glimpse.http..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("glimpse.database..", "org.jdbi..", "java.sql..")
                .check(GLIMPSE);
        noClasses()
                .that()
                .resideInAPackage("glimpse.database..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("glimpse.http..", "io.javalin..", "com.fasterxml..")
                .check(GLIMPSE);
    }

    @Test
    void nobody_imports_the_root_or_the_sandbox() {
        noClasses()
                .that()
                .resideOutsideOfPackages("glimpse", "glimpse.sandbox..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("glimpse", "glimpse.sandbox..")
                .check(GLIMPSE);
    }

    @Test
    void nobody_imports_the_viewer_and_templates_stay_in_it() {
        noClasses()
                .that()
                .resideOutsideOfPackages("glimpse", "glimpse.viewer..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("glimpse.viewer..", "gg.jte..")
                .check(GLIMPSE);
    }

    @Test
    void javalin_stays_in_http() {
        noClasses()
                .that()
                .resideOutsideOfPackages("glimpse", "glimpse.http..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.javalin..", "jakarta.servlet..", "org.eclipse.jetty..")
                .check(GLIMPSE);
    }

    @Test
    void sql_stays_in_daos() {
        noClasses()
                .that()
                .resideOutsideOfPackage("glimpse.database..")
                .and()
                .haveSimpleNameNotEndingWith("Dao")
                .and(DescribedPredicate.describe(
                        "outside of DAOs", type -> !type.getName().contains("Dao$")))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.jdbi..", "java.sql..")
                .check(GLIMPSE);
    }

    @Test
    void files_are_the_business_of_few() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "glimpse",
                        "glimpse.images..",
                        "glimpse.database..",
                        "glimpse.secrets..",
                        "glimpse.generation.providers..") // what they answer waits on disk
                .and()
                .doNotHaveFullyQualifiedName("glimpse.generation.KeyRotation")
                .and()
                .doNotHaveFullyQualifiedName("glimpse.http.Upload") // bodies wait on disk
                .and()
                .doNotHaveFullyQualifiedName("glimpse.http.Spool")
                .and()
                .doNotHaveFullyQualifiedName("glimpse.http.BodyReader")
                .and()
                .doNotHaveFullyQualifiedName("glimpse.c2pa.SigningIdentity") // a key file
                .and(DescribedPredicate.describe(
                        "outside of the spool",
                        type -> !type.getName().startsWith("glimpse.http.Server")
                                && !type.getName().startsWith("glimpse.http.BodyReader$")))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.nio.file..")
                .check(GLIMPSE);
        noClasses()
                .that()
                .resideOutsideOfPackage("glimpse.images.fetch..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("okhttp3..")
                .check(GLIMPSE);
        noClasses()
                .that()
                .resideOutsideOfPackage("glimpse.generation.providers..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.net.http..")
                .check(GLIMPSE);
    }

    @Test
    void time_and_ids_come_from_where_a_sandbox_can_own_them() {
        noClasses()
                .that(OURS)
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(LocalDate.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(UUID.class, "randomUUID")
                .check(GLIMPSE);
    }

    @Test
    void names_say_something() {
        classes()
                .that(OURS)
                .should()
                .haveNameNotMatching(".*(Utils?|Helper|Manager|Service|Impl)$")
                .check(GLIMPSE);
        noClasses()
                .should()
                .resideInAnyPackage("..util..", "..common..", "..shared..", "..model..")
                .check(GLIMPSE);
    }
}
