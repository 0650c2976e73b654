/*
 * The shares of a limit that the workers of a fleet have.
 *
 * .ci/models checks all runs of it, and finds each of the mutations below.
 *
 * Workers join, renew, get jobs of an account and lose them, leave, and die. A worker that joins an account without jobs
 * is as one that has some. Requests to the provider begin within a
 * worker's share, and end at any time, also after the share has shrunk.
 *
 * A renewal is a message to the store and one back, between which anything may happen. Some of them are carried out at
 * once. Of FAULTS others either message is lost, or the worker, the store and the worker again take their steps at
 * times of their own.
 *
 * Time is abstract, apart from what a worker ensures by its own clock: it stops before the store declares it dead. The
 * dates of fleets are the numbers of the renewals that the store has carried out. A life of a worker has one number. A
 * process that begins again is a further life, with a greater number. Each run ends, since renewals are limited.
 *
 *   limit        The requests in flight of all workers together never exceed the limit, and neither do the shares.
 *
 * Mutations:
 *
 *   NO_HANDSHAKE     a newcomer takes its share at once
 *   RENEWED          the date of its latest renewal stands for the fleet that a worker has applied
 *   EARLY_APPLIED    a worker has applied a fleet as soon as it has received it, whatever requests are in flight
 *   LATE_RENEWAL     a renewal that was given up is carried out after a later one
 *   NO_MARGIN        a worker may be declared dead before it has stopped
 *
 * LATE_RENEWAL isn't excluded by the workers: a store has to carry the renewals of a worker out in their order.
 */

#ifndef LIVES
#define LIVES 3
#endif
#ifndef LIMIT
#define LIMIT 2
#endif
#ifndef RENEWALS
#define RENEWALS 6
#endif
#ifndef FAULTS
#define FAULTS 1
#endif
#define NONE 0
#define NEVER 255

/* The store: the reports of the workers that aren't dead. */
bit isAlive[LIVES];
bit isMember[LIVES];       /* it has reported jobs of the account */
byte applied[LIVES];       /* the date of the fleet that it has reported as applied */
byte now;                  /* the number of renewals so far */

/* A worker. */
bit isRunning[LIVES];
bit hasJobs[LIVES];
byte fleet[LIVES];         /* the date of the latest fleet that it has received */
byte reported[LIVES];      /* the date of the latest fleet that it has applied */
byte joined[LIVES];        /* the date of the first fleet in which it was a member */
byte share[LIVES];
byte inFlight[LIVES];

/* Its renewal: IDLE, SENT, and DONE until the response is received, and what of the fleet in it the share depends on. */
#define IDLE 0
#define SENT 1
#define DONE 2
byte renewal[LIVES];
bit sentMember[LIVES];
byte sentApplied[LIVES];
byte date[LIVES];
byte members[LIVES];       /* the number of members, zero if the worker isn't one */
byte rank[LIVES];          /* the number of members with a smaller number */
byte oldest[LIVES];        /* the oldest fleet that another member has applied */

#ifdef LATE_RENEWAL
bit isLate[LIVES];
bit lateMember[LIVES];
byte lateApplied[LIVES];
#endif

byte renewals;
byte faults;
byte last;                 /* the number of lives that have begun */

#define canRenew (renewals < RENEWALS)
#define mayFail (faults < FAULTS)

#if LIVES == 3
#define sum(of) (of[0] + of[1] + of[2])
#else
#define sum(of) (of[0] + of[1])
#endif

inline check() {
    assert(sum(inFlight) <= LIMIT);
    assert(sum(share) <= LIMIT)
}

inline forgetRenewal(w) {
    renewal[w] = IDLE;
    sentMember[w] = 0;
    sentApplied[w] = 0;
    date[w] = 0;
    members[w] = 0;
    rank[w] = 0;
    oldest[w] = 0
}

/* The store carries a renewal out, and reads the fleet in the same transaction. */
inline carryOut(w) {
    now++;
    isMember[w] = sentMember[w];
#ifdef RENEWED
    applied[w] = now;
#else
    applied[w] = sentApplied[w];
#endif
    date[w] = now;
    oldest[w] = NEVER;
    i = 0;
    do
    :: i < LIVES && sentMember[w] ->
        if
        :: isAlive[i] && isMember[i] ->
            members[w]++;
            if :: i < w -> rank[w]++ :: else fi;
            if :: i != w && applied[i] < oldest[w] -> oldest[w] = applied[i] :: else fi
        :: else
        fi;
        i++
    :: else -> break
    od;
    i = 0;
    renewal[w] = DONE
}

/* The worker computes its share as LimitShare does. */
inline receive(w) {
    fleet[w] = date[w];
    if
    :: sentMember[w] ->
        if :: joined[w] == NONE -> joined[w] = date[w] :: else fi;
        if
#ifdef NO_HANDSHAKE
        :: members[w] > 0 ->
#else
        :: oldest[w] > joined[w] ->
#endif
            share[w] = LIMIT / members[w] + (rank[w] < LIMIT % members[w] -> 1 : 0)
        :: else -> share[w] = 0
        fi
    :: else
    fi;
    forgetRenewal(w);
    check()
}

inline send(w) {
    renewals++;
    /* Without jobs, the membership ends when the report is sent. */
    if :: !hasJobs[w] -> share[w] = 0; joined[w] = NONE :: else fi;
#ifdef EARLY_APPLIED
    reported[w] = fleet[w];
#else
    if :: inFlight[w] <= share[w] -> reported[w] = fleet[w] :: else fi;
#endif
    sentMember[w] = hasJobs[w];
    sentApplied[w] = reported[w];
    renewal[w] = SENT
}

inline stop(w) {
    isRunning[w] = 0;
    share[w] = 0;
    inFlight[w] = 0;
    hasJobs[w] = 0;
    joined[w] = NONE;
    fleet[w] = 0;
    reported[w] = 0
}

proctype Worker(byte w) {
    byte i;
    /* Numbers are given in the order of registration. */
    d_step { last == w -> last++; isAlive[w] = 1; isRunning[w] = 1 };
    if
    :: hasJobs[w] = 1
    :: skip
    fi;
    do
    :: d_step { isRunning[w] && isAlive[w] && renewal[w] == IDLE && canRenew ->
        send(w); carryOut(w); receive(w) }
    :: d_step { isRunning[w] && renewal[w] == IDLE && canRenew && mayFail -> faults++; send(w) }
    :: d_step { renewal[w] == SENT && isAlive[w] -> carryOut(w) }
    :: d_step { renewal[w] == DONE && isRunning[w] -> receive(w) }
    /* Either message is lost. */
    :: d_step { renewal[w] == DONE -> forgetRenewal(w) }
#ifdef LATE_RENEWAL
    :: d_step { renewal[w] == SENT && !isLate[w] ->
        isLate[w] = 1; lateMember[w] = sentMember[w]; lateApplied[w] = sentApplied[w]; forgetRenewal(w) }
    :: d_step { renewal[w] == SENT && !isAlive[w] -> forgetRenewal(w) }
    :: d_step { isLate[w] && isAlive[w] ->
        now++; isLate[w] = 0; isMember[w] = lateMember[w]; applied[w] = lateApplied[w] }
#else
    :: d_step { renewal[w] == SENT -> forgetRenewal(w) }
#endif
    /* It leases jobs of the account, or has none any more. */
    :: d_step { isRunning[w] && !hasJobs[w] && mayFail -> faults++; hasJobs[w] = 1 }
    :: d_step { isRunning[w] && hasJobs[w] && mayFail -> faults++; hasJobs[w] = 0; inFlight[w] = 0 }
    /* Requests begin, as many as may, and end. Fewer would leave room for others. */
    :: d_step { isRunning[w] && hasJobs[w] && inFlight[w] < share[w] -> inFlight[w] = share[w]; check() }
    :: d_step { inFlight[w] > 0 -> inFlight[w] = 0 }
    /* Its own time is over, or it leaves. */
    :: d_step { isRunning[w] -> stop(w) }
#ifdef NO_MARGIN
    :: d_step { isAlive[w] -> isAlive[w] = 0; isMember[w] = 0; applied[w] = 0 }
#else
    :: d_step { isAlive[w] && !isRunning[w] -> isAlive[w] = 0; isMember[w] = 0; applied[w] = 0 }
#endif
    :: !isRunning[w] && !isAlive[w] && renewal[w] == IDLE -> break
    od
}

init {
    atomic {
        run Worker(0);
        run Worker(1)
#if LIVES == 3
        ; run Worker(2)
#endif
    }
}
