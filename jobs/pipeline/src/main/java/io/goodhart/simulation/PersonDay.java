package io.goodhart.simulation;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** One person's day on their own clock, while it is being made up: honest habits fill it first, gaming adds to it. */
final class PersonDay {
    private static final long MICROS_AN_HOUR = 3_600_000_000L;

    final SimulationSettings settings;
    final Person person;
    final LocalDate day;
    final Surroundings surroundings;
    final List<Request> requests = new ArrayList<>();
    final List<Outcome> outcomes = new ArrayList<>();
    final List<Action> actions = new ArrayList<>();
    private final Function<LocalDate, PersonDay> honestDays;
    private final long midnight;
    private final long account;
    private int prompts;
    private int subjects;

    /**
     * @param honestDays the person's days without gaming
     */
    PersonDay(
            SimulationSettings settings,
            Person person,
            LocalDate day,
            Surroundings surroundings,
            Function<LocalDate, PersonDay> honestDays) {
        this.settings = settings;
        this.person = person;
        this.day = day;
        this.surroundings = surroundings;
        this.honestDays = honestDays;
        this.midnight = day.atTime(LocalTime.MIDNIGHT).atZone(person.zone()).toEpochSecond() * 1_000_000;
        this.account = Draw.hash(settings.seed(), person.position());
    }

    /** Makes up the whole day. */
    static PersonDay of(SimulationSettings settings, Person person, LocalDate day) {
        PersonDay made = honest(settings, person, day);
        made.game();
        made.settle();
        return made;
    }

    /** Adds what the person games on this day, if they do. */
    void game() {
        if (person.gamesOn(day) && !Calendar.away(person, day)) {
            slacken();
            person.gaming().behaviour().inject(this, person.gaming(), draw("gaming"));
        }
    }

    /** Makes up the day as it would be without gaming. */
    static PersonDay honest(SimulationSettings settings, Person person, LocalDate day) {
        PersonDay made =
                new PersonDay(settings, person, day, Surroundings.MADE_UP, other -> honest(settings, person, other));
        if (person.employed(day)) {
            HonestWork.fill(made);
        }
        return made;
    }

    /** Leaves out some of the day's work: who plays a measure has less time for what it was to measure. */
    private void slacken() {
        Gaming gaming = person.gaming();
        if (gaming.behaviour() != Behaviour.THRESHOLD_SITTING) {
            double left = 0.5 * Math.min(1, gaming.volume());
            outcomes.removeIf(
                    outcome -> new Draw(settings.seed(), outcome.subject().hashCode(), 0, "slack").chance(left));
        }
    }

    /** Returns another day of the same person, without gaming. */
    PersonDay honestOn(LocalDate other) {
        return honestDays.apply(other);
    }

    Draw draw(String purpose) {
        return new Draw(settings.seed(), person.position(), day.toEpochDay(), purpose);
    }

    int weekday() {
        return day.getDayOfWeek().getValue();
    }

    boolean works() {
        return Calendar.works(person, day);
    }

    /** Returns the moment {@code hour} hours after the day's midnight, in whole milliseconds; may lie beyond the day. */
    long at(double hour) {
        return midnight + Math.round(hour * MICROS_AN_HOUR / 1000) * 1000;
    }

    /** Adds a request like the person's own, with a prompt never seen before; tokens are still to be set. */
    Request request(double hour) {
        Request request = new Request(at(hour));
        request.with(person.habits().tool(), AiModel.SONG)
                .in(session(0))
                .prompt(Draw.hash(Draw.hash(account, day.toEpochDay()), ++prompts));
        request.credential = credential(0);
        request.promptChars = 150;
        requests.add(request);
        return request;
    }

    /** Adds a request that only gaming explains: whatever it costs is waste. */
    Request gamed(double hour) {
        Request request = request(hour);
        request.wastedTokens = -1;
        return request;
    }

    /** Returns the fingerprint of one of the person's own stock prompts, the same on every day. */
    long stockPrompt(int which) {
        return Draw.hash(account, -1L - which);
    }

    String session(int number) {
        return Long.toString(account >>> 36, 36) + Long.toString(day.toEpochDay(), 36) + "-" + number;
    }

    String credential(int number) {
        return "k" + Long.toString(account >>> 32, 36) + number;
    }

    String subject() {
        return "pr" + Long.toString(account >>> 32, 36) + Long.toString(day.toEpochDay(), 36) + "-" + ++subjects;
    }

    Outcome outcome(double hour, String kind) {
        Outcome outcome = new Outcome(
                at(hour), person.position(), kind, -1, -1, false, subject(), -1, false, !requests.isEmpty());
        outcomes.add(outcome);
        return outcome;
    }

    /**
     * Adds a pull request: its opening, the review of {@code reviewer} if there is one, and its merge.
     *
     * @param reviewer position; -1: nobody
     */
    void merge(double openedAt, double reviewedAt, double mergedAt, int lines, boolean reverted, int reviewer) {
        String subject = subject();
        int deleted = lines / 3;
        boolean assisted = !requests.isEmpty();
        int author = person.position();
        outcomes.add(new Outcome(
                at(openedAt), author, "pull_request_opened", lines, deleted, false, subject, -1, false, assisted));
        if (reviewer >= 0) {
            outcomes.add(new Outcome(at(reviewedAt), reviewer, "review", -1, -1, false, subject, author, false, false));
        }
        outcomes.add(new Outcome(
                at(mergedAt),
                author,
                "pull_request_merged",
                lines,
                deleted,
                reverted,
                subject,
                reviewer >= 0 ? reviewer : author,
                reviewer < 0,
                assisted));
    }

    /** Counts what the gamed requests cost as waste, once their tokens stand. */
    private void settle() {
        for (Request request : requests) {
            if (request.wastedTokens < 0) {
                request.wastedTokens = request.tokens();
                request.wastedMicrodollars = request.price();
            }
        }
        requests.sort((first, second) -> Long.compare(first.micros, second.micros));
    }
}
