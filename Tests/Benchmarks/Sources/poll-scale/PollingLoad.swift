import FetchCore

/// A number of jobs that are polled at a total rate which doesn't depend on their number.
struct PollingLoad: Sendable, Codable {
    var jobs: Int
    /// The number of requests per second for all jobs together.
    var rate: Double
    /// The number of requests for each job. The last response reports the job as done.
    var rounds: Int

    /// Creates a load with about 200,000 requests, at least two per job.
    init(jobs: Int, rate: Double) {
        self.jobs = jobs
        self.rate = rate
        rounds = max(200_000 / jobs, 2)
    }

    /// The interval between two requests for a job, in seconds.
    var gap: Double { Double(jobs) / rate }

    /// Returns the time of a job's first request, in seconds from the start. The times are spread evenly, in an order
    /// that differs from that of the job numbers.
    func firstDue(_ job: Int) -> Double { lead + gap * Double(job * 7_919 % jobs) / Double(jobs) }

    /// The time in seconds before the first request, in which the jobs are added at 50,000 per second or more.
    private var lead: Double { Self.minimumLead + Double(jobs) / 50_000 }

    private static let minimumLead = 0.5

    /// The age of each job at its first request, in seconds. It is large enough that each submission date is in the
    /// past.
    var firstAge: Double { lead + gap }

    /// Returns a job's age at a number of seconds after the start.
    func age(of job: Int, at time: Double) -> Double { firstAge - firstDue(job) + time }

    var schedule: some PollingSchedule { Rounds(firstAge: .seconds(firstAge), gap: .seconds(gap)) }

    private struct Rounds: PollingSchedule {
        let firstAge: Duration
        let gap: Duration

        func gap(at moment: PollingMoment) -> Duration { moment.requests == 0 ? firstAge : gap }
    }
}
