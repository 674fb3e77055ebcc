package dev.rehome.producer.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.Rejected;
import dev.rehome.common.TestClock;
import dev.rehome.common.Unavailable;
import dev.rehome.common.queue.MemoryOperatorControl;
import dev.rehome.common.scaling.MemoryServices;
import dev.rehome.common.scaling.ServiceState;
import dev.rehome.producer.throttle.ConsumersAtOpening;
import dev.rehome.producer.throttle.Limits;
import dev.rehome.producer.throttle.RunWindows;
import dev.rehome.producer.throttle.ThrottleSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.OptionalInt;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** A run that may work from 22:00 to 06:00, with eight consumers. */
class WindowScalingTest {
    private final TestClock clock = new TestClock();
    private final MemoryOperatorControl control = new MemoryOperatorControl(clock);
    private final MemoryServices services = new MemoryServices().with("consumers", 8);
    private boolean leads = true;
    private boolean wanted = true;
    private int inFlight;
    private RunWindows windows = new RunWindows(RunWindows.parse("Mon-Sun 22:00-06:00"), ZoneOffset.UTC);
    private WindowScaling scaling = start();

    private WindowScaling start() {
        return new WindowScaling(
                services,
                "consumers",
                control,
                new WindowScaling.Run(() -> leads, this::settings, () -> inFlight, clock));
    }

    private ThrottleSettings settings() {
        return new ThrottleSettings(Limits.NONE, Limits.NONE, List.of(), windows, wanted);
    }

    private void at(String time) {
        Instant next = Instant.parse("2026-01-05T00:00:00Z");
        while (!next.toString().contains("T" + time) || next.isBefore(clock.instant())) {
            next = next.plusSeconds(60);
        }
        clock.advance(Duration.between(clock.instant(), next));
    }

    private void steps() {
        for (int i = 0; i < 3; i++) {
            scaling.run();
            clock.advance(Duration.ofSeconds(5));
        }
    }

    private OptionalInt recorded() {
        return ConsumersAtOpening.of(control.state());
    }

    @Test
    void consumersAreAtZeroFromTheCloseToTheNextOpening() {
        at("23:00");
        steps();
        assertThat(services.scaled()).isEmpty();
        at("06:00");
        steps();
        assertThat(services.scaled()).containsExactly("consumers=0");
        assertThat(recorded()).hasValue(8);
        at("21:59");
        scaling.run();
        assertThat(services.scaled()).containsExactly("consumers=0");
        at("22:00");
        steps();
        assertThat(services.scaled()).containsExactly("consumers=0", "consumers=8");
        assertThat(recorded()).isEmpty();
    }

    @Test
    void consumersAreScaledDownOnlyWhenNoBatchIsInFlight() {
        at("06:00");
        inFlight = 1;
        steps();
        assertThat(services.scaled()).isEmpty();
        inFlight = 0;
        steps();
        assertThat(services.scaled()).containsExactly("consumers=0");
    }

    @Test
    void drainThatTakesLongerThanTheCloseScalesNothing() {
        at("06:00");
        inFlight = 1;
        steps();
        at("22:00");
        inFlight = 0;
        steps();
        assertThat(services.scaled()).isEmpty();
    }

    @Test
    void closeThatIsOverSoonScalesNothing() {
        at("21:46");
        steps();
        assertThat(services.scaled()).isEmpty();
    }

    @Test
    void producerThatIsRestartedWhileTheWindowsAreClosedStartsTheConsumersAtTheOpening() {
        at("06:00");
        steps();
        scaling = start();
        at("12:00");
        steps();
        assertThat(services.scaled()).containsExactly("consumers=0");
        scaling = start();
        at("22:00");
        steps();
        assertThat(services.scaled()).containsExactly("consumers=0", "consumers=8");
    }

    @Test
    void producerThatDiesBetweenRecordAndScalingIsSucceededByOneThatScales() {
        at("06:00");
        scaling.run();
        assertThat(services.scaled()).isEmpty();
        assertThat(recorded()).hasValue(8);
        scaling = start();
        steps();
        assertThat(services.scaled()).containsExactly("consumers=0");
        assertThat(recorded()).hasValue(8);
    }

    @Test
    void producerThatDiesAfterScalingUpChangesNothingAtItsRestart() {
        at("06:00");
        steps();
        services.with("consumers", 20);
        at("22:00");
        scaling = start();
        steps();
        assertThat(services.scaled()).as("20 run already").containsExactly("consumers=0");
        assertThat(recorded()).isEmpty();
    }

    @Test
    void numberThatAnOperatorSetsMeanwhileStarts() {
        at("06:00");
        scaling.run();
        control.set(ConsumersAtOpening.NAME, "5", "ann");
        steps();
        assertThat(services.scaled()).containsExactly("consumers=0");
        at("22:00");
        steps();
        assertThat(services.scaled()).containsExactly("consumers=0", "consumers=5");
    }

    @Test
    void applyWhileTheWindowsAreClosedIsRememberedForTheOpening() {
        at("06:00");
        steps();
        services.with("consumers", new ServiceState(20, 0, 2));
        steps();
        assertThat(services.scaled()).as("a deployment isn't disturbed").containsExactly("consumers=0");
        services.with("consumers", 20);
        steps();
        at("22:00");
        steps();
        assertThat(services.scaled()).containsExactly("consumers=0", "consumers=0", "consumers=20");
    }

    @Test
    void applyThatIsDeployingAtTheOpeningKeepsItsNumber() {
        at("06:00");
        steps();
        services.with("consumers", new ServiceState(4, 0, 2));
        at("22:00");
        steps();
        assertThat(services.scaled()).containsExactly("consumers=0");
        assertThat(recorded()).isEmpty();
    }

    /** The loop logs an outage ever more rarely, but each line of a step. */
    @Test
    void serviceThatMayNotBeScaledIsAnOutage() {
        at("06:00");
        scaling.run();
        services.failing(new Rejected("Grant the task role ecs:UpdateService"), 1);
        Assertions.assertThatThrownBy(scaling::run)
                .isInstanceOf(Unavailable.class)
                .hasMessageContaining("Grant the task role");
    }

    @Test
    void windowsThatAreUnsetOrNotFollowedAnyMoreLeaveNoRunWithoutConsumers() {
        at("06:00");
        steps();
        wanted = false;
        windows = RunWindows.ALWAYS;
        steps();
        assertThat(services.scaled()).containsExactly("consumers=0", "consumers=8");
    }

    @Test
    void onlyTheLeaderScalesAndOnlyIfWanted() {
        at("06:00");
        wanted = false;
        steps();
        wanted = true;
        leads = false;
        steps();
        assertThat(services.scaled()).isEmpty();
    }

    @Test
    void stoppedRunIsLeftToTheEnd() {
        at("06:00");
        control.stop("wrong bucket", "ann");
        steps();
        assertThat(services.scaled()).isEmpty();
    }

    @Test
    void failedCallIsRepeated() {
        at("06:00");
        scaling.run();
        services.failing(new Unavailable("throttled"), 1);
        Assertions.assertThatThrownBy(scaling::run).isInstanceOf(Unavailable.class);
        steps();
        assertThat(services.scaled()).containsExactly("consumers=0", "consumers=0");
        assertThat(recorded()).hasValue(8);
    }
}
