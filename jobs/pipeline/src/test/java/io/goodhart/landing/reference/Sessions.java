package io.goodhart.landing.reference;

import java.io.Serializable;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Sessions of a day: how many, how crowded, and whether one went on under another credential. */
final class Sessions implements Serializable {
    private static final int CROWD = 3;

    private final Map<String, String> credentialOfSession = new HashMap<>();
    private final Set<String> sessions = new HashSet<>();
    private final Set<String> rotated = new HashSet<>();
    private final Set<String> credentials = new HashSet<>();
    private final Set<String> sessionsOfMinute = new HashSet<>();
    private long minute = Long.MIN_VALUE;
    private long requestsOfMinute;
    private long crowded;

    void add(Instant time, String sessionOrNull, String credentialOrNull, long requests) {
        if (credentialOrNull != null) {
            credentials.add(credentialOrNull);
        }
        if (sessionOrNull == null) {
            return;
        }
        sessions.add(sessionOrNull);
        if (credentialOrNull != null) {
            String before = credentialOfSession.putIfAbsent(sessionOrNull, credentialOrNull);
            if (before != null && !before.equals(credentialOrNull)) {
                rotated.add(sessionOrNull);
            }
        }
        long now = Math.floorDiv(time.getEpochSecond(), 60);
        if (now != minute) {
            endMinute();
            minute = now;
        }
        sessionsOfMinute.add(sessionOrNull);
        requestsOfMinute += requests;
    }

    Long countOrNull() {
        return sessions.isEmpty() ? null : (long) sessions.size();
    }

    Long crowdedOrNull() {
        endMinute();
        return sessions.isEmpty() ? null : (Long) crowded;
    }

    Long credentialsOrNull() {
        return credentials.isEmpty() ? null : (long) credentials.size();
    }

    Long rotatedOrNull() {
        return credentials.isEmpty() ? null : (long) rotated.size();
    }

    private void endMinute() {
        crowded += sessionsOfMinute.size() >= CROWD ? requestsOfMinute : 0;
        sessionsOfMinute.clear();
        requestsOfMinute = 0;
    }
}
