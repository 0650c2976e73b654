import FetchCore

/// A job of a known duration, polled without a client to measure a schedule.
struct PolledJob {
    /// The duration of the job in seconds.
    var duration: Double
    var eta: Double?

    /// Polls at the gaps of the schedule, at least 1 s apart, until the job is done.
    ///
    /// Returns the number of requests, the delay in seconds between the end of the job and its detection, and the
    /// observation.
    func poll(_ schedule: LeastCostSchedule) -> (requests: Int, delay: Double, observation: CompletedJob) {
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
    /// Creates the durations learned from jobs polled one after another, each with the durations of those before it.
    init(learningFrom jobs: [PolledJob]) {
        self.init()
        for job in jobs { learn(job.poll(LeastCostSchedule(durations: self)).observation) }
    }

    /// Returns the delay of the first request in seconds.
    func firstRequest(eta: Double? = nil, secondsPerRequest: Double = 1) -> Double {
        LeastCostSchedule(secondsPerRequest: secondsPerRequest, durations: self)
            .gap(at: PollingMoment(age: .zero, expectedAge: eta.map { .seconds($0) }, requests: 0)).seconds
    }

    /// Returns the average cost of polling the jobs, in seconds, without learning from them.
    func cost(of jobs: [PolledJob]) -> Double {
        let schedule = LeastCostSchedule(durations: self)
        let costs = jobs.map { job in
            let polled = job.poll(schedule)
            return Double(polled.requests) + polled.delay
        }
        return costs.reduce(0, +) / Double(jobs.count)
    }
}
