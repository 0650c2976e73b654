// What every store does alike.
extension StoredJob {
    /// The number of workers that die with a job before it is parked: 5.
    public static let deathsUntilParked = 5

    /// The life of a worker from which on its death isn't counted: 5 minutes. A job that ends its worker's process does
    /// so soon.
    public static let shortLife: Duration = .seconds(300)

    /// The time after its deadline from which on a job without a worker is ended: one hour.
    public static let graceAfterDeadline: Duration = .seconds(3_600)

    /// The ``parkedReason`` of a job with which too many workers have died.
    public static let reasonOfDeaths = "5 workers have died with the job"

    /// The ``parkedReason`` of a job that the version of a worker can't read.
    public static let reasonOfFormat = "the worker's version can't read the job: update the workers, and retry it"
}
