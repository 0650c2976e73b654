import FetchCore
import Foundation

/// A line of standard input that is a JSON object: `job`, and optionally `submitted` and `eta`.
///
/// Other members are ignored, so the lines that `--json` prints can be read as well.
struct JobLine {
    private let members: [String: JSONValue]

    /// - Parameter text: The line.
    /// - Throws: ``UsageError`` if it isn't a JSON object.
    init(_ text: String) throws {
        do {
            members = try JSONDecoder().decode([String: JSONValue].self, from: Data(text.utf8))
        } catch {
            throw UsageError("the line isn't a JSON object.")
        }
    }

    /// Returns the job of the line.
    ///
    /// - Parameter job: Returns the job of an argument.
    /// - Returns: The job, with its submission if the line has its date.
    /// - Throws: ``UsageError`` if a member is missing or has a value of another kind.
    func queuedJob(_ job: (String) throws -> JobReference) throws -> QueuedJob {
        guard let text = members["job"]?.string else { throw UsageError("the object has no string “job”.") }
        let reference = try job(text)
        guard let date = try submissionDate() else { return QueuedJob(reference) }
        return QueuedJob(reference, submitted: Submission(at: date, etaSeconds: try number("eta")))
    }

    private func submissionDate() throws -> Date? {
        guard let value = members["submitted"], value != .null else { return nil }
        if let seconds = value.number { return Date(timeIntervalSince1970: seconds) }
        guard let text = value.string, let date = Self.date(text) else {
            throw UsageError("“submitted” is neither an ISO 8601 date nor a number of seconds since 1970.")
        }
        return date
    }

    private func number(_ name: String) throws -> Double? {
        guard let value = members[name], value != .null else { return nil }
        guard let number = value.number else { throw UsageError("“\(name)” isn't a number of seconds.") }
        return number
    }

    private static func date(_ text: String) -> Date? {
        let withFractions = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        return (try? Date(text, strategy: .iso8601)) ?? (try? Date(text, strategy: withFractions))
    }
}

extension WaitingJob {
    /// The line from which another run goes on with the job.
    var line: String {
        guard let submitted else { return "\(job)" }
        let eta = submitted.eta.map { ",\"eta\":\(JSONValue.number($0 / .seconds(1)).encoded)" } ?? ""
        let date = submitted.date.formatted(.iso8601)
        return "{\"job\":\(JSONValue.string("\(job)").encoded),\"submitted\":\"\(date)\"\(eta)}"
    }
}
