package dev.transom.platform.tests;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.osgi.framework.Constants;

/** Runs the test of leases in a framework of its own. */
class LeasesFrameworkTest {

    private static CommandLineInside transom;

    @BeforeAll
    static void start() throws Exception {
        transom = new CommandLineInside(Map.of(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, InsideTests.JUNIT_PACKAGES));
    }

    @AfterAll
    static void stop() throws Exception {
        transom.close();
    }

    @TestFactory
    Stream<DynamicTest> leases() throws Exception {
        return InsideTests.of(transom.context(), "LeasesTest");
    }
}
