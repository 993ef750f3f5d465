package io.goodhart.landing;

import io.goodhart.rows.LongIds;
import java.util.Arrays;

/** Sessions of a day: how many, how crowded, and whether one went on under another credential. Sessions are told by their hashes. */
final class Sessions {
    private static final int CROWD = 3;
    private static final long MICROS_PER_MINUTE = 60_000_000;

    private static final byte NO_CREDENTIAL = 0;
    private static final byte ONE_CREDENTIAL = 1;
    private static final byte ROTATED = 2;

    private final LongIds sessions = new LongIds();
    private final LongIds credentials = new LongIds();
    private long[] credential = new long[32];
    private byte[] state = new byte[32];
    private long[] lastMinute = new long[32];
    private long rotated;
    private long minute;
    private int sessionsOfMinute;
    private long requestsOfMinute;
    private long crowded;

    void clear() {
        sessions.clear();
        credentials.clear();
        rotated = 0;
        minute = Long.MIN_VALUE;
        sessionsOfMinute = 0;
        requestsOfMinute = 0;
        crowded = 0;
    }

    /** Adds a credential that was used, be there a session or not. */
    void addCredential(long credentialHash) {
        credentials.idOf(credentialHash);
    }

    /** Adds requests of a session at a time in microseconds, not before those added already; returns the session's number. */
    int addSession(long micros, long sessionHash, long requests) {
        long now = Math.floorDiv(micros, MICROS_PER_MINUTE);
        if (now != minute) {
            endMinute();
            minute = now;
        }
        int known = sessions.size();
        int session = sessions.idOf(sessionHash);
        if (session == known) {
            if (session == state.length) {
                credential = Arrays.copyOf(credential, 2 * session);
                state = Arrays.copyOf(state, 2 * session);
                lastMinute = Arrays.copyOf(lastMinute, 2 * session);
            }
            state[session] = NO_CREDENTIAL;
            lastMinute[session] = Long.MIN_VALUE;
        }
        if (lastMinute[session] != now) {
            lastMinute[session] = now;
            sessionsOfMinute++;
        }
        requestsOfMinute += requests;
        return session;
    }

    /** Adds that a session, by its number, was used with a credential. */
    void addCredential(int session, long credentialHash) {
        if (state[session] == NO_CREDENTIAL) {
            state[session] = ONE_CREDENTIAL;
            credential[session] = credentialHash;
        } else if (state[session] == ONE_CREDENTIAL && credential[session] != credentialHash) {
            state[session] = ROTATED;
            rotated++;
        }
    }

    Long countOrNull() {
        return sessions.size() == 0 ? null : Long.valueOf(sessions.size());
    }

    Long crowdedOrNull() {
        endMinute();
        return sessions.size() == 0 ? null : Long.valueOf(crowded);
    }

    Long credentialsOrNull() {
        return credentials.size() == 0 ? null : Long.valueOf(credentials.size());
    }

    Long rotatedOrNull() {
        return credentials.size() == 0 ? null : Long.valueOf(rotated);
    }

    private void endMinute() {
        crowded += sessionsOfMinute >= CROWD ? requestsOfMinute : 0;
        sessionsOfMinute = 0;
        requestsOfMinute = 0;
    }
}
