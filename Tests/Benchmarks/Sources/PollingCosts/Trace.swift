import Foundation

/// The jobs of one endpoint, in the order of their submission.
package struct Trace: Sendable {
    /// The file name without its extension.
    package var name: String

    package var jobs: [TracedJob]

    package init(name: String, jobs: [TracedJob]) {
        self.name = name
        self.jobs = jobs
    }

    /// Reads a CSV file with the columns `duration_s,eta_s` and one job per row. The ETA may be empty.
    ///
    /// - Parameter path: The path of the file.
    /// - Throws: ``TraceError`` if the file can't be read, has no jobs or has an invalid row.
    package init(file path: String) throws(TraceError) {
        let name = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
        let text: String
        do {
            text = try String(contentsOf: URL(fileURLWithPath: path), encoding: .utf8)
        } catch {
            throw TraceError(path, "the file can't be read as UTF-8")
        }
        do throws(TraceError) {
            try self.init(name: name, text: text)
        } catch {
            throw TraceError(path, error.message)
        }
    }

    /// Parses the contents of a CSV file. Throws ``TraceError`` if there are no jobs or a row is invalid.
    package init(name: String, text: String) throws(TraceError) {
        var jobs: [TracedJob] = []
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            let fields = line.split(separator: ",", omittingEmptySubsequences: false).map {
                $0.trimmingCharacters(in: .whitespaces)
            }
            if fields == [""] || (index == 0 && fields == ["duration_s", "eta_s"]) { continue }
            guard fields.count == 2 else { throw TraceError(name, "line \(index + 1) doesn't have two fields") }
            let duration = try Self.seconds(fields[0], line: index + 1, of: name)
            let eta = fields[1].isEmpty ? nil : try Self.seconds(fields[1], line: index + 1, of: name)
            jobs.append(TracedJob(duration: duration, eta: eta))
        }
        guard !jobs.isEmpty else { throw TraceError(name, "the trace has no jobs") }
        self.init(name: name, jobs: jobs)
    }

    /// The maximum duration of a job in seconds: 30 days.
    static let maximumDuration = 2_592_000.0

    private static func seconds(_ text: String, line: Int, of name: String) throws(TraceError) -> Double {
        guard let seconds = Double(text), seconds >= 0, seconds <= maximumDuration else {
            throw TraceError(name, "line \(line) has a field that isn't a number of seconds from 0 to 30 days")
        }
        return seconds
    }
}
