package dev.rehome.producer.throttle;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The weekly times in which a run may work, such as {@code Mon-Fri 22:00-06:00; Sat-Sun 00:00-24:00}. A window whose end
 * isn't after its start ends on the next day. Without windows the run may always work.
 *
 * <p>Times are local times of the zone. A time that a change to daylight saving skips is moved by the length of the gap; of a
 * time that occurs twice, the first counts (the rule of {@link ZonedDateTime#of}).
 *
 * @param windows in any order; they may overlap
 * @param zone the zone of their times
 */
public record RunWindows(List<Window> windows, ZoneId zone) {
    /** The run may always work. */
    public static final RunWindows ALWAYS = new RunWindows(List.of(), ZoneOffset.UTC);

    /** A description of the format, for messages. */
    public static final String EXPECTED = "windows such as 'Mon-Fri 22:00-06:00; Sat-Sun 00:00-24:00'";

    /** How {@link #reason} begins. */
    public static final String CLOSED = "outside the run windows";

    private static final Pattern WINDOW =
            Pattern.compile("(\\w{3})(?:-(\\w{3}))?\\s+(\\d\\d:\\d\\d)-(\\d\\d:\\d\\d)", Pattern.CASE_INSENSITIVE);
    private static final String MIDNIGHT_AT_THE_END = "24:00";
    private static final DateTimeFormatter SHOWN = DateTimeFormatter.ofPattern("EEE yyyy-MM-dd HH:mm VV", Locale.ROOT);
    /** Every boundary that matters lies within a week, and a day for windows that began before. */
    private static final int DAYS = 8;

    /**
     * One weekly window.
     *
     * @param days the days on which it starts
     * @param start its start
     * @param end its end, exclusive; not after {@code start} when it is on the next day
     */
    public record Window(Set<DayOfWeek> days, LocalTime start, LocalTime end) {
        public Window {
            days = Set.copyOf(days);
        }

        private Stream<Opening> openings(LocalDate day, ZoneId zone) {
            LocalDate lastDay = end.isAfter(start) ? day : day.plusDays(1);
            return days.contains(day.getDayOfWeek())
                    ? Stream.of(new Opening(
                            ZonedDateTime.of(day, start, zone).toInstant(),
                            ZonedDateTime.of(lastDay, end, zone).toInstant()))
                    : Stream.empty();
        }
    }

    private record Opening(Instant start, Instant end) {
        boolean contains(Instant time) {
            return !time.isBefore(start) && time.isBefore(end);
        }
    }

    public RunWindows {
        windows = List.copyOf(windows);
    }

    /**
     * Parses windows with semicolons between them.
     *
     * @throws IllegalArgumentException when the text isn't {@link #EXPECTED}
     */
    public static List<Window> parse(String text) {
        List<Window> windows = Arrays.stream(text.split(";"))
                .map(String::strip)
                .filter(each -> !each.isEmpty())
                .map(RunWindows::window)
                .toList();
        if (windows.isEmpty()) {
            throw new IllegalArgumentException("Expected " + EXPECTED + ", got '" + text + "'");
        }
        return windows;
    }

    private static Window window(String text) {
        Matcher match = WINDOW.matcher(text);
        if (!match.matches()) {
            throw new IllegalArgumentException("Expected " + EXPECTED + ", got '" + text + "'");
        }
        DayOfWeek first = day(match.group(1));
        DayOfWeek last = match.group(2) == null ? first : day(match.group(2));
        Set<DayOfWeek> days = EnumSet.of(last);
        for (DayOfWeek day = first; day != last; day = day.plus(1)) {
            days.add(day);
        }
        return new Window(days, time(match.group(3)), end(match.group(4)));
    }

    private static LocalTime end(String text) {
        return text.equals(MIDNIGHT_AT_THE_END) ? LocalTime.MIDNIGHT : time(text);
    }

    private static LocalTime time(String text) {
        try {
            return LocalTime.parse(text);
        } catch (DateTimeParseException invalid) {
            throw new IllegalArgumentException("Expected a time such as 22:00, got '" + text + "'", invalid);
        }
    }

    private static DayOfWeek day(String text) {
        return Arrays.stream(DayOfWeek.values())
                .filter(day -> day.name().startsWith(text.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Expected a day such as Mon, got '" + text + "'"));
    }

    /**
     * Parses the name of a zone, such as {@code Europe/Berlin}.
     *
     * @throws IllegalArgumentException when no zone has this name
     */
    static ZoneId zone(String name) {
        try {
            return ZoneId.of(name.strip());
        } catch (DateTimeException unknown) {
            throw new IllegalArgumentException(
                    "Expected a time zone such as Europe/Berlin, got '" + name + "'", unknown);
        }
    }

    /** Whether the run may work at a time. */
    public boolean isOpen(Instant time) {
        return windows.isEmpty() || openings(time).stream().anyMatch(opening -> opening.contains(time));
    }

    /** When {@link #isOpen} changes next; empty when it never does. */
    public Optional<Instant> nextChange(Instant time) {
        boolean now = isOpen(time);
        return openings(time).stream()
                .flatMap(opening -> Stream.of(opening.start(), opening.end()))
                .filter(boundary -> boundary.isAfter(time))
                .sorted()
                .filter(boundary -> isOpen(boundary) != now)
                .findFirst();
    }

    /** When the windows that are open at a time close; empty when none is open, or they never close. */
    public Optional<Instant> closesAfter(Instant time) {
        return isOpen(time) ? nextChange(time) : Optional.empty();
    }

    /** Why the run waits at a time; empty when it may work. */
    public Optional<String> reason(Instant time) {
        return isOpen(time)
                ? Optional.empty()
                : Optional.of(CLOSED
                        + nextChange(time)
                                .map(opening -> ", which open next at " + SHOWN.format(opening.atZone(zone)))
                                .orElse(""));
    }

    /**
     * The end of work that begins now and proceeds only while the windows are open.
     *
     * @param work how long it takes
     * @param latest no later end is computed
     * @return empty when the windows never open again, or the end is later
     */
    public Optional<Instant> endOf(Duration work, Instant now, Instant latest) {
        Instant time = now;
        Duration left = work;
        while (time.isBefore(latest)) {
            Optional<Instant> change = nextChange(time);
            if (isOpen(time)) {
                if (change.isEmpty() || !time.plus(left).isAfter(change.get())) {
                    return Optional.of(time.plus(left));
                }
                left = left.minus(Duration.between(time, change.get()));
            }
            if (change.isEmpty()) {
                return Optional.empty();
            }
            time = change.get();
        }
        return Optional.empty();
    }

    private List<Opening> openings(Instant time) {
        LocalDate today = time.atZone(zone).toLocalDate();
        List<Opening> openings = new ArrayList<>();
        for (int day = -1; day <= DAYS; day++) {
            LocalDate date = today.plusDays(day);
            windows.stream().flatMap(window -> window.openings(date, zone)).forEach(openings::add);
        }
        return openings;
    }
}
