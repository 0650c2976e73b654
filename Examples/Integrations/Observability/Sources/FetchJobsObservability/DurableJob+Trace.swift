import FetchCore
public import FetchJobs
public import Tracing

extension DurableJob {
    /// The member of the note that has the context of a trace.
    private static let traceMember = "trace"

    /// Returns the job with the context of a trace in its note, such as a `traceparent`, so that the span of its wait
    /// can be linked to the span that has added it, also in another process.
    ///
    /// The note becomes an object if there was none. A note of another kind, such as an array, stays as it is, and has
    /// no context. The context counts for ``DurableJob/maximumNoteLength``.
    ///
    /// - Parameters:
    ///   - instrument: Writes the context, such as the tracer of the process.
    ///   - context: The context. Defaults to that of the current task.
    /// - Returns: The job; unchanged if there is no context.
    public func traced(by instrument: some Instrument, in context: ServiceContext? = .current) -> DurableJob {
        guard let context else { return self }
        var members: [String: JSONValue] = [:]
        if let note {
            guard let object = note.object else { return self }
            members = object
        }
        var carrier: [String: String] = [:]
        instrument.inject(context, into: &carrier, using: StringInjector())
        guard !carrier.isEmpty else { return self }
        members[Self.traceMember] = .object(carrier.mapValues { .string($0) })
        var job = self
        job.note = .object(members)
        return job
    }

    /// Reads the context of the trace in the note.
    ///
    /// - Parameter instrument: Reads the context, such as the tracer of the process.
    /// - Returns: The context; `nil` if there is none.
    public func traceContext(by instrument: some Instrument) -> ServiceContext? {
        guard let members = note?[Self.traceMember]?.object else { return nil }
        var context = ServiceContext.topLevel
        instrument.extract(members.compactMapValues(\.string), into: &context, using: StringExtractor())
        return context.isEmpty ? nil : context
    }
}

private struct StringInjector: Injector {
    func inject(_ value: String, forKey key: String, into carrier: inout [String: String]) { carrier[key] = value }
}

private struct StringExtractor: Extractor {
    func extract(key: String, from carrier: [String: String]) -> String? { carrier[key] }
}
