package dev.transom.platform.tests;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.osgi.framework.Constants;

/** Runs the tests that need the bundles' own types. */
class InsideFrameworkTest {

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
    Stream<DynamicTest> announcements() throws Exception {
        return InsideTests.of(transom.context(), "AnnouncementsTest");
    }

    @TestFactory
    Stream<DynamicTest> leases() throws Exception {
        return InsideTests.of(transom.context(), "LeasesTest");
    }

    @TestFactory
    Stream<DynamicTest> swap() throws Exception {
        return InsideTests.of(transom.context(), "SwapTest");
    }

    @TestFactory
    Stream<DynamicTest> embeddedModel() throws Exception {
        return InsideTests.of(transom.context(), "EmbeddedModelTest");
    }

    @TestFactory
    Stream<DynamicTest> concurrentRequests() throws Exception {
        return InsideTests.of(transom.context(), "ConcurrentRequestsTest");
    }

    @TestFactory
    Stream<DynamicTest> prediction() throws Exception {
        return InsideTests.of(transom.context(), "PredictionTest");
    }

    @TestFactory
    Stream<DynamicTest> sizing() throws Exception {
        return InsideTests.of(transom.context(), "SizingTest");
    }
}
