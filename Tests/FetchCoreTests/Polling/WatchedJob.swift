import FetchCore

/// A job and how a schedule finds out that it is done.
struct WatchedJob {
    /// How long the job takes, in seconds.
    var duration: Double
    var eta: Double?

    /// Asks when the schedule says, a second apart at least, until the job is done.
    func watch(_ schedule: LeastCostSchedule) -> (requests: Int, delay: Double, observation: CompletedJob) {
        let expectedAge = eta.map { Duration.seconds($0) }
        var age = 0.0
        var pending: Duration?
        var requests = 0
        while true {
            let moment = PollingMoment(age: .seconds(age), expectedAge: expectedAge, requests: requests)
            age += max(schedule.gap(at: moment).seconds, 1)
            requests += 1
            if age >= duration { break }
            pending = .seconds(age)
        }
        let done = CompletedJob(pendingAt: pending, doneAt: .seconds(age), expectedAge: expectedAge)
        return (requests, age - duration, done)
    }
}

extension JobDurations {
    /// What is known after jobs were watched one after the other, each with what the earlier ones taught.
    init(watching jobs: [WatchedJob]) {
        self.init()
        for job in jobs { learn(job.watch(LeastCostSchedule(durations: self)).observation) }
    }

    /// When a job is asked about first, in seconds.
    func firstRequest(eta: Double? = nil, secondsPerRequest: Double = 1) -> Double {
        LeastCostSchedule(secondsPerRequest: secondsPerRequest, durations: self)
            .gap(at: PollingMoment(age: .zero, expectedAge: eta.map { .seconds($0) }, requests: 0)).seconds
    }

    /// What watching jobs costs on average, without learning from them.
    func cost(of jobs: [WatchedJob]) -> Double {
        let schedule = LeastCostSchedule(durations: self)
        let costs = jobs.map { job in
            let watched = job.watch(schedule)
            return Double(watched.requests) + watched.delay
        }
        return costs.reduce(0, +) / Double(jobs.count)
    }
}
