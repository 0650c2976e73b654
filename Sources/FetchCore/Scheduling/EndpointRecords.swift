/// What is kept of each endpoint under its name: what has been learned of its jobs, and what has been done for them.
///
/// Each has a number, so that an answer needn't look up a name.
struct EndpointRecords {
    struct Record {
        let name: EndpointName
        var statistics = EndpointStatistics()
        /// What has been learned of the endpoint's jobs; nil where that is nothing.
        private(set) var durations: JobDurations?

        mutating func learn(_ job: CompletedJob) {
            if durations == nil { durations = JobDurations() }
            durations?.learn(job)
        }
    }

    private var records: [Record] = []
    private var numbers: [EndpointName: Int] = [:]
    /// What was learned before of endpoints that nobody has asked for yet.
    private var earlierDurations: [EndpointName: JobDurations]

    init(knowing durations: [EndpointName: JobDurations]) { earlierDurations = durations }

    /// The number of an endpoint's record.
    mutating func number(of name: EndpointName) -> Int {
        if let number = numbers[name] { return number }
        records.append(Record(name: name, durations: earlierDurations.removeValue(forKey: name)))
        numbers[name] = records.count - 1
        return records.count - 1
    }

    subscript(number: Int) -> Record {
        get { records[number] }
        _modify { yield &records[number] }
    }

    /// What has been learned of the jobs of each endpoint.
    var durations: [EndpointName: JobDurations] {
        records.reduce(into: earlierDurations) { $0[$1.name] = $1.durations }
    }

    /// What has been done for each endpoint.
    var statistics: [EndpointName: EndpointStatistics] {
        numbers.mapValues { records[$0].statistics }
    }
}
