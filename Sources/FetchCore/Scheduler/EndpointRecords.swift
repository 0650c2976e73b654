/// The record of each endpoint name: the durations learned of its jobs, and its statistics.
///
/// Records have numbers, so that a response needs no look-up of a name.
struct EndpointRecords: Sendable {
    struct Record: Sendable {
        let name: EndpointName
        var statistics = EndpointStatistics()
        /// `nil` if no job has been learned from.
        private(set) var durations: JobDurations?

        init(name: EndpointName, durations: JobDurations?) {
            self.name = name
            self.durations = durations
        }

        mutating func begin(with earlier: JobDurations) { durations = durations ?? earlier }

        mutating func learn(_ job: CompletedJob) {
            if durations == nil { durations = JobDurations() }
            durations?.learn(job)
        }
    }

    private var records: [Record] = []
    private var numbers: [EndpointName: Int] = [:]
    /// The durations from an earlier process, of endpoints that haven't been used yet.
    private var earlierDurations: [EndpointName: JobDurations]

    init(durations: [EndpointName: JobDurations]) { earlierDurations = durations }

    /// Returns the number of an endpoint's record.
    mutating func number(of name: EndpointName) -> Int {
        if let number = numbers[name] { return number }
        records.append(Record(name: name, durations: earlierDurations.removeValue(forKey: name)))
        numbers[name] = records.count - 1
        return records.count - 1
    }

    /// Adds the durations from an earlier process, or from another one, of endpoints without own ones.
    mutating func begin(with durations: [EndpointName: JobDurations]) {
        for (name, earlier) in durations {
            if let number = numbers[name] {
                records[number].begin(with: earlier)
            } else if earlierDurations[name] == nil {
                earlierDurations[name] = earlier
            }
        }
    }

    subscript(number: Int) -> Record {
        get { records[number] }
        _modify { yield &records[number] }
    }

    var durations: [EndpointName: JobDurations] {
        records.reduce(into: earlierDurations) { $0[$1.name] = $1.durations }
    }

    var statistics: [EndpointName: EndpointStatistics] { numbers.mapValues { records[$0].statistics } }
}
