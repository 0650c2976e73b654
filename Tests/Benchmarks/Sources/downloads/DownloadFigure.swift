import Measuring

/// The times of curl and of FetchKit for the same files.
struct DownloadFigure: Encodable {
    var benchmark = "downloads"
    var load: FileLoad
    /// True if FetchKit wrote each file out to its disk. curl never does.
    var isDurable: Bool
    /// The seconds of curl; the median over the rounds.
    var curlSeconds: Double
    /// The seconds of FetchKit; the median over the rounds.
    var seconds: Double
    /// The throughput of FetchKit divided by that of curl; the median of the ratios within a round.
    var ratio: Double
    /// The peak of the resident memory above its value at the start of the process, in bytes; the maximum.
    var memory: Int

    init(load: FileLoad, isDurable: Bool, curl: [Double], samples: [Comparison.Sample]) {
        self.load = load
        self.isDurable = isDurable
        curlSeconds = curl.median
        seconds = samples.map(\.seconds).median
        ratio = zip(curl, samples).map { $0 / $1.seconds }.median
        memory = samples.map(\.memory).max() ?? 0
    }

    private var megabytes: Double { Double(memory) / 1_048_576 }

    /// The bound that isn't met; `nil` if all are.
    ///
    /// Durable files have none: the time is that of the disk.
    var miss: String? {
        let bound = load.files == 1 ? 0.8 : 0.5
        if !isDurable, ratio < bound { return "\(load.line): \(ratio.ratio) of the throughput of curl, not \(bound)" }
        if load.files == 1, megabytes > 16 { return "\(load.line): \(megabytes.shown) MiB of memory, not 16" }
        return nil
    }

    var line: String {
        Report.column(load.line, 22) + Report.column(isDurable ? "durable" : "", 10)
            + Report.column("curl \(curlSeconds.ratio) s", 15) + Report.column("FetchKit \(seconds.ratio) s", 20)
            + Report.column("ratio \(ratio.ratio)", 14) + "memory + \(megabytes.shown) MiB"
    }
}
