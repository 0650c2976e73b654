/*
 * The protocol of a job store: leases, fenced writes, deaths of workers, cancellation and deliveries.
 *
 * .ci/models checks all runs of it, and finds each of the mutations below.
 *
 * WORKERS workers poll JOBS jobs. A call of a worker is a message: the database carries it out at some time after it was
 * sent, or never. A worker that waits for a result may give up at any time, and then calls again. The call that it has
 * given up stays in flight, and may be carried out much later. That is a lost call, a lost acknowledgement and a late
 * write in one. A worker may crash between any two of its steps, and begins again without its memory.
 *
 * Time is abstract: clearing up may declare any worker dead at any moment. So a worker that is suspended beyond its
 * time, and continued after its jobs have gone to others, is part of the runs.
 *
 * Giving up, crashes, deaths of running workers, readers that die, leaving and giving back are chosen freely until
 * FAULTS of them have happened, and nothing else is repeated without an effect. So each run ends, and what has to
 * happen at last is a property of the last state.
 *
 *   at last      A run ends only when each job has ended, and its outcome is acknowledged if there is a reader. A job
 *                that stayed leased to a dead worker would be an invalid end state.
 *   once         An outcome is recorded once. A job that was added again isn't added twice.
 *   whole        A job that was added is waiting or has ended.
 *   fenced       A write changes a job only if the life of the worker that sent it has leased the job.
 *   exclusive    No two workers that aren't dead believe that they have leased a waiting job.
 *   repeated     A worker that is refused a record isn't the one that has recorded it.
 *   delivered    An outcome is acknowledged only after a reader has handled it.
 *
 * REPEATING adds a reader that may die, and an application that adds and cancels a job twice.
 *
 * Mutations:
 *
 *   NO_FENCE        recording and giving back don't check the lease
 *   REUSE_IDS       a worker that begins again has the number of its former life
 *   NO_KEY_SHARE    a lease doesn't lock its worker's row against the worker's death
 *   NO_REPEAT       a record that is repeated finds nothing of the first one
 *   SPLIT_RECORD    the job is removed in one transaction, and the outcome is inserted in another
 *   EARLY_ACK       an outcome is acknowledged when it is taken
 *   LATE_RETURN     a worker leases a job again while a call that gives it back, and that it has given up, is in flight
 *
 * The last one isn't excluded by the protocol: the job may then be polled by two workers until one of them records it,
 * which breaks "exclusive" and nothing else.
 */

#ifndef WORKERS
#define WORKERS 3
#endif
#ifndef JOBS
#define JOBS 1
#endif
#ifndef FAULTS
#define FAULTS 2
#endif
#define LIVES (WORKERS + FAULTS)
#define SLOTS (2 * WORKERS)
#define NONE 0

/* The states of a worker's row. */
#define UNUSED 0
#define ALIVE 1
#define LEAVING 2
#define DEAD 3
#define REMOVED 4

/* The states of a job. LOST is between the transactions of a split record. */
#define ABSENT 0
#define WAITING 1
#define ENDED 2
#define LOST 3

/* Calls. */
#define REGISTER 1
#define LEASE 2
#define RECORD 3
#define GIVEBACK 4
#define DEREGISTER 5

/* The store. A worker's number is the index of its row, and row 0 is unused. */
byte row[LIVES + 1];
byte locks[LIVES + 1];     /* the leases that have locked the row, FOR KEY SHARE */
byte job[JOBS];
byte lease[JOBS];
byte outcomeBy[JOBS];         /* the worker that has recorded the outcome; NONE if the job was cancelled */
bit acknowledged[JOBS];
byte lastLife;

/* Calls in flight. A worker has two slots: 2w for the call whose result it waits for, 2w + 1 for a call given up. */
typedef Call {
    byte kind;
    byte worker;           /* the number in the call */
    byte life;             /* the life that has sent it, which the store doesn't know */
    byte about;            /* the job */
    bit isHalfDone;
    bit isDone;
    byte result
}
Call call[SLOTS];

/* The memory of each worker. */
byte number[WORKERS];      /* its number in the store; NONE before it has registered */
byte life[WORKERS];        /* of which it has had no other */
typedef Jobs { bit has[JOBS] }
Jobs known[WORKERS];

/* What only the checks know. */
byte leasedInLife[JOBS];
byte recordedInLife[JOBS];
bit handled[JOBS];
byte faults;

#define mayFail (faults < FAULTS)
#if JOBS == 1
#define allEnded (job[0] == ENDED)
#define allAcknowledged (acknowledged[0])
#define hasLeases(id) (lease[0] == id)
#else
#define allEnded (job[0] == ENDED && job[1] == ENDED)
#define allAcknowledged (acknowledged[0] && acknowledged[1])
#define hasLeases(id) (lease[0] == id || lease[1] == id)
#endif
#if WORKERS == 2
#define isRunning(id) (number[0] == id || number[1] == id)
#else
#define isRunning(id) (number[0] == id || number[1] == id || number[2] == id)
#endif
#define isDead(id) (row[id] == DEAD || row[id] == REMOVED)
#define isIdle(w) (call[2 * (w)].kind == NONE)
#define isWaiting(w) (!isIdle(w) && !call[2 * (w)].isDone && call[2 * (w) + 1].kind == NONE)
#define believes(w, j) (number[w] != NONE && !isDead(number[w]) && known[w].has[j] && job[j] == WAITING)

inline checkExclusive(j) {
    assert(!(believes(0, j) && believes(1, j)));
#if WORKERS == 3
    assert(!(believes(0, j) && believes(2, j)));
    assert(!(believes(1, j) && believes(2, j)))
#endif
}

inline clear(s) {
    call[s].kind = NONE;
    call[s].worker = NONE;
    call[s].life = NONE;
    call[s].about = 0;
    call[s].isHalfDone = 0;
    call[s].isDone = 0;
    call[s].result = 0
}

inline unlock(s) {
#ifndef NO_KEY_SHARE
    locks[call[s].worker]--
#else
    skip
#endif
}

/* A dead worker's row goes with its last lease. */
inline removeIfUnused(id) {
    if :: row[id] == DEAD && !hasLeases(id) -> row[id] = REMOVED :: else fi
}

inline endLease(j) {
    lease[j] = NONE;
    leasedInLife[j] = NONE
}

inline endJob(j, id, inLife) {
    assert(job[j] == WAITING || job[j] == LOST);
    job[j] = ENDED;
    endLease(j);
    outcomeBy[j] = id;
    recordedInLife[j] = inLife
}

inline send(w, what, j) {
    call[2 * (w)].kind = what;
    call[2 * (w)].worker = number[w];
    call[2 * (w)].life = life[w];
    call[2 * (w)].about = j
}

/* The worker doesn't wait for its call any more. */
inline giveUp(w) {
    call[2 * (w) + 1].kind = call[2 * (w)].kind;
    call[2 * (w) + 1].worker = call[2 * (w)].worker;
    call[2 * (w) + 1].life = call[2 * (w)].life;
    call[2 * (w) + 1].about = call[2 * (w)].about;
    call[2 * (w) + 1].isHalfDone = call[2 * (w)].isHalfDone;
    clear(2 * (w))
}

inline forget(w) {
    known[w].has[0] = 0;
#if JOBS == 2
    known[w].has[1] = 0;
#endif
    number[w] = NONE;
    life[w] = NONE
}

inline learn(w, j) {
    known[w].has[j] = 1;
    checkExclusive(j)
}

/* Takes the result of the present call. */
inline receive(w) {
    if
    :: call[2 * (w)].kind == REGISTER ->
        number[w] = call[2 * (w)].result;
        life[w] = call[2 * (w)].life
    :: call[2 * (w)].kind == LEASE ->
        if
        :: call[2 * (w)].result -> learn(w, call[2 * (w)].about)
        :: else
        fi
    :: call[2 * (w)].kind == RECORD ->
        assert(call[2 * (w)].result || recordedInLife[call[2 * (w)].about] != life[w]);
        known[w].has[call[2 * (w)].about] = 0
    :: call[2 * (w)].kind == GIVEBACK
    :: call[2 * (w)].kind == DEREGISTER -> forget(w)
    fi;
    clear(2 * (w))
}

/* True if the store can carry out a step of the call in a slot. */
#define canExecute(s) (call[s].kind != NONE && !call[s].isDone \
    && !(call[s].kind == DEREGISTER && locks[call[s].worker] > 0))

/* Carries out a step of a call: a transaction, or half of a lease, which reads first and writes then. */
inline execute(s) {
    if
    :: call[s].kind == REGISTER ->
        lastLife++;
        assert(lastLife <= LIVES);
        call[s].life = lastLife;
#ifdef REUSE_IDS
        call[s].result = s / 2 + 1;
#else
        call[s].result = lastLife;
#endif
        row[call[s].result] = ALIVE;
        call[s].isDone = 1

    :: call[s].kind == LEASE && !call[s].isHalfDone ->
        if
        :: row[call[s].worker] == ALIVE ->
            call[s].isHalfDone = 1;
#ifndef NO_KEY_SHARE
            locks[call[s].worker]++
#endif
        :: else -> call[s].isDone = 1
        fi
    :: call[s].kind == LEASE && call[s].isHalfDone ->
        if
        :: job[call[s].about] == WAITING && lease[call[s].about] == NONE ->
            lease[call[s].about] = call[s].worker;
            leasedInLife[call[s].about] = call[s].life;
            call[s].result = 1
        :: else
        fi;
        unlock(s);
        call[s].isDone = 1

    :: call[s].kind == RECORD && !call[s].isHalfDone ->
        if
#ifdef NO_FENCE
        :: job[call[s].about] == WAITING ->
#else
        :: job[call[s].about] == WAITING && lease[call[s].about] == call[s].worker ->
#endif
            assert(leasedInLife[call[s].about] == call[s].life && lease[call[s].about] == call[s].worker);
#ifdef SPLIT_RECORD
            job[call[s].about] = LOST;
            call[s].isHalfDone = 1
#else
            endJob(call[s].about, call[s].worker, call[s].life);
            call[s].result = 1;
            call[s].isDone = 1
#endif
        :: else ->
#ifndef NO_REPEAT
            call[s].result = (job[call[s].about] == ENDED && outcomeBy[call[s].about] == call[s].worker);
#endif
            call[s].isDone = 1
        fi
    :: call[s].kind == RECORD && call[s].isHalfDone ->
        endJob(call[s].about, call[s].worker, call[s].life);
        call[s].result = 1;
        call[s].isDone = 1

    :: call[s].kind == GIVEBACK ->
        if
#ifdef NO_FENCE
        :: job[call[s].about] == WAITING && lease[call[s].about] != NONE ->
#else
        :: job[call[s].about] == WAITING && lease[call[s].about] == call[s].worker ->
#endif
            assert(leasedInLife[call[s].about] == call[s].life && lease[call[s].about] == call[s].worker);
            endLease(call[s].about)
        :: else
        fi;
        call[s].isDone = 1

    :: call[s].kind == DEREGISTER ->
        if
        :: row[call[s].worker] == ALIVE || row[call[s].worker] == LEAVING ->
            row[call[s].worker] = REMOVED;
            if :: lease[0] == call[s].worker -> endLease(0) :: else fi;
#if JOBS == 2
            if :: lease[1] == call[s].worker -> endLease(1) :: else fi
#endif
        :: else
        fi;
        call[s].isDone = 1
    fi;
    /* The worker receives the result at once: it wouldn't know a delay from a slow call. That of a call that was given up
     * reaches no reader. */
    if
    :: call[s].isDone && s % 2 == 0 -> receive(s / 2)
    :: call[s].isDone && s % 2 == 1 -> clear(s)
    :: else
    fi
}

/* A call that was given up may also get lost, and its transaction ends without an effect. */
#define canLose(s) (call[s].kind != NONE && s % 2 == 1)
inline lose(s) {
    if
    :: call[s].kind == LEASE && call[s].isHalfDone -> unlock(s)
    :: else
    fi;
    clear(s)
}

proctype Database() {
end:
    do
    :: d_step { canExecute(0) -> execute(0) }
    :: d_step { canExecute(1) -> execute(1) }
    :: d_step { canExecute(2) -> execute(2) }
    :: d_step { canExecute(3) -> execute(3) }
#if WORKERS == 3
    :: d_step { canExecute(4) -> execute(4) }
    :: d_step { canExecute(5) -> execute(5) }
#endif
    :: d_step { canLose(0) -> lose(0) }
    :: d_step { canLose(1) -> lose(1) }
    :: d_step { canLose(2) -> lose(2) }
    :: d_step { canLose(3) -> lose(3) }
#if WORKERS == 3
    :: d_step { canLose(4) -> lose(4) }
    :: d_step { canLose(5) -> lose(5) }
#endif
    od
}

#ifdef LATE_RETURN
#define isReturning(w, j) 0
#else
#define isReturning(w, j) (call[2 * (w) + 1].kind == GIVEBACK && call[2 * (w) + 1].about == j)
#endif

/* A worker that isn't dead leases what is free, and finds what it has leased without knowing. */
#define canLease(w, j) (row[number[w]] == ALIVE && job[j] == WAITING && lease[j] == NONE && !isReturning(w, j))
#define canFind(w, j) (lease[j] == number[w] && !known[w].has[j] && !isReturning(w, j))

#define isFree(w) (isIdle(w) && number[w] != NONE)

#define pollJob(w, j) \
    :: d_step { isFree(w) && canLease(w, j) -> send(w, LEASE, j) } \
    :: d_step { isFree(w) && canFind(w, j) -> learn(w, j) } \
    :: d_step { isFree(w) && known[w].has[j] -> send(w, RECORD, j) } \
    :: d_step { isFree(w) && known[w].has[j] && mayFail -> faults++; send(w, GIVEBACK, j); known[w].has[j] = 0 }

proctype Worker(byte w) {
    do
    :: isIdle(w) && allEnded -> break
    /* In the order of the workers, which are alike. */
    :: d_step { isIdle(w) && number[w] == NONE && lastLife >= w && !allEnded -> send(w, REGISTER, 0) }
    pollJob(w, 0)
#if JOBS == 2
    pollJob(w, 1)
#endif
    /* A renewal says that the worker is dead. Nothing forces it to come before a late write. */
    :: d_step { isFree(w) && isDead(number[w]) -> forget(w) }
    /* The worker ends in order. */
    :: d_step { isFree(w) && mayFail && row[number[w]] == ALIVE ->
        faults++; row[number[w]] = LEAVING; send(w, DEREGISTER, 0) }
    :: d_step { isFree(w) && row[number[w]] == LEAVING -> send(w, DEREGISTER, 0) }
    /* It gives a call up. */
    :: d_step { isWaiting(w) && mayFail -> faults++; giveUp(w) }
    /* It crashes, with a call in flight or without. */
    :: d_step { isFree(w) && mayFail -> faults++; forget(w) }
    :: d_step { (number[w] != NONE && mayFail && isWaiting(w)) ->
        faults++; giveUp(w); forget(w) }
    od
}

/* Any process may do it. Each step is a transaction, and the process may end after each. */
#define canDie(id) ((row[id] == ALIVE || row[id] == LEAVING) && locks[id] == 0 && (!isRunning(id) || mayFail))
inline die(id) {
    if :: isRunning(id) -> faults++ :: else fi;
    row[id] = DEAD;
    removeIfUnused(id)
}
inline release(id) {
#if JOBS == 2
    if
    :: lease[0] == id -> endLease(0)
    :: else -> endLease(1)
    fi;
#else
    endLease(0);
#endif
    removeIfUnused(id)
}

#define clearUp(id) \
    :: d_step { canDie(id) && !allEnded -> die(id) } \
    :: d_step { row[id] == DEAD && hasLeases(id) -> release(id) } \
    :: d_step { row[id] == DEAD && !hasLeases(id) -> row[id] = REMOVED }

proctype ClearUp() {
end:
    do
    clearUp(1)
    clearUp(2)
#if LIVES > 2
    clearUp(3)
#endif
#if LIVES > 3
    clearUp(4)
#endif
#if LIVES > 4
    clearUp(5)
#endif
#if LIVES > 5
    clearUp(6)
#endif
#if LIVES > 6
    clearUp(7)
#endif
    od
}

/* Adds the jobs, and may cancel one. A call whose result is lost is repeated, also when the job has ended. */
inline addJob(j) {
    if
    :: job[j] == ABSENT -> job[j] = WAITING
    :: else
    fi
}

proctype Application() {
    d_step {
        addJob(0);
#if JOBS == 2
        addJob(1)
#endif
    };
#ifdef REPEATING
    d_step { addJob(0) };
#endif
    if
    :: d_step { job[0] == WAITING -> endJob(0, NONE, NONE) };
#ifdef REPEATING
        d_step { if :: job[0] == WAITING -> endJob(0, NONE, NONE) :: else fi }
#endif
    :: skip
    fi
}

inline take(j) {
#ifdef EARLY_ACK
    acknowledged[j] = 1;
#endif
    taken = j
}

/* Takes outcomes. One that isn't acknowledged is delivered again. */
#define NOTHING 2
proctype Reader() {
    byte taken = NOTHING;
    bit isHandled;
    do
    :: taken == NOTHING && allAcknowledged -> break
    :: d_step { taken == NOTHING && job[0] == ENDED && !acknowledged[0] -> take(0) }
#if JOBS == 2
    :: d_step { taken == NOTHING && job[1] == ENDED && !acknowledged[1] -> take(1) }
#endif
    :: d_step { taken != NOTHING && !isHandled -> handled[taken] = 1; isHandled = 1 }
    :: d_step { taken != NOTHING && isHandled -> acknowledged[taken] = 1; taken = NOTHING; isHandled = 0 }
    /* The reader dies, or its acknowledgement is lost. */
    :: d_step { taken != NOTHING && mayFail -> faults++; taken = NOTHING; isHandled = 0 }
    od;
    assert(allEnded && handled[0] && handled[JOBS - 1])
}

init {
    atomic {
        run Database();
        run ClearUp();
        run Application();
#ifdef REPEATING
        run Reader();
#endif
        run Worker(0);
        run Worker(1)
#if WORKERS == 3
        ; run Worker(2)
#endif
    }
}
