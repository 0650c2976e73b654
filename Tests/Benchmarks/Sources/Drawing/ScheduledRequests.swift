package import FetchCore

/// The requests that the default schedule makes for a job that stays pending.
package struct ScheduledRequests {
    /// What is known about the job, in a few words.
    package var name: String

    /// The ages at which requests are made, in seconds.
    package var ages: [Double] = []

    /// The gap before each request, in seconds.
    package var gaps: [Double] { zip(ages, [0] + ages).map { $0 - $1 } }

    /// Computes the requests up to an age. The limits of a policy aren't applied.
    ///
    /// - Parameters:
    ///   - name: What is known about the job, in a few words.
    ///   - eta: The ETA in seconds, counted from the submission. `nil` for none.
    ///   - durations: The durations that were learned.
    ///   - age: The greatest age in seconds.
    package init(_ name: String, eta: Double?, durations: JobDurations = JobDurations(), until age: Double) {
        self.name = name
        let schedule = LeastCostSchedule(durations: durations)
        var elapsed = 0.0
        while true {
            let moment = PollingMoment(
                age: .seconds(elapsed),
                expectedAge: eta.map { .seconds($0) },
                requests: ages.count
            )
            elapsed += schedule.gap(at: moment) / .seconds(1)
            guard elapsed <= age else { return }
            ages.append(elapsed)
        }
    }

    /// The three lines of the picture, up to an age of 150 seconds.
    package static var examples: [ScheduledRequests] {
        var durations = JobDurations()
        for job in 0..<30 {
            durations.learn(CompletedJob(took: .seconds(82 + 4 * (job % 7)), expectedAge: .seconds(60)))
        }
        return [
            ScheduledRequests("nothing known", eta: nil, until: 150),
            ScheduledRequests("an ETA of 60 s", eta: 60, until: 150),
            ScheduledRequests(
                "an ETA of 60 s, and 30 jobs learned that took 82 to 106 s",
                eta: 60,
                durations: durations,
                until: 150
            ),
        ]
    }
}
