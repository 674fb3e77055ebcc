package dev.rehome.catalog.mariadb.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.catalog.PreflightFinding.Severity;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerChecksTest {
    @ParameterizedTest
    @ValueSource(strings = {"11.4.5-MariaDB", "10.11.19-MariaDB-0+deb12u1", "10.6.0-MariaDB-log", "12.0.2-MariaDB"})
    void supportedVersionsAreAccepted(String version) {
        assertThat(ServerChecks.version(version).severity()).isEqualTo(Severity.INFO);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.5.29-MariaDB", "5.5.68-MariaDB", "8.0.36", "8.4.0-log", "9.1.0-commercial", ""})
    void otherVersionsAreRefusedByName(String version) {
        assertThat(ServerChecks.version(version).severity()).isEqualTo(Severity.REFUSED);
        assertThat(ServerChecks.version(version).text()).contains(version, "10.6");
    }
}
