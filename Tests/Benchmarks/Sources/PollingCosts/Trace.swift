import Foundation

/// The jobs of one endpoint, in the order in which they were submitted.
package struct Trace: Sendable {
    /// The name of the file without its extension.
    package var name: String

    /// The jobs.
    package var jobs: [TracedJob]

    /// Creates a trace.
    package init(name: String, jobs: [TracedJob]) {
        self.name = name
        self.jobs = jobs
    }

    /// Reads a file of `duration_s,eta_s`, one job a row; an empty ETA is none.
    ///
    /// - Throws: ``TraceError`` where a row isn't that, and where there is none.
    package init(file path: String) throws(TraceError) {
        let name = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
        let text: String
        do {
            text = try String(contentsOf: URL(fileURLWithPath: path), encoding: .utf8)
        } catch {
            throw TraceError(path, "can't be read as text")
        }
        do throws(TraceError) {
            try self.init(name: name, text: text)
        } catch {
            throw TraceError(path, error.message)
        }
    }

    /// Reads a file's text.
    package init(name: String, text: String) throws(TraceError) {
        var jobs: [TracedJob] = []
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            let fields = line.split(separator: ",", omittingEmptySubsequences: false).map {
                $0.trimmingCharacters(in: .whitespaces)
            }
            if fields == [""] || (index == 0 && fields == ["duration_s", "eta_s"]) { continue }
            guard fields.count == 2 else { throw TraceError(name, "line \(index + 1) hasn't two fields") }
            let duration = try Self.seconds(fields[0], line: index + 1, of: name)
            let eta = fields[1].isEmpty ? nil : try Self.seconds(fields[1], line: index + 1, of: name)
            jobs.append(TracedJob(duration: duration, eta: eta))
        }
        guard !jobs.isEmpty else { throw TraceError(name, "there is no job in it") }
        self.init(name: name, jobs: jobs)
    }

    /// The longest time that a job may take: thirty days.
    static let longest = 2_592_000.0

    private static func seconds(_ text: String, line: Int, of name: String) throws(TraceError) -> Double {
        guard let seconds = Double(text), seconds >= 0, seconds <= longest else {
            throw TraceError(name, "line \(line) has a field that is no number of seconds from 0 to thirty days")
        }
        return seconds
    }
}

/// A trace that can't be used.
package struct TraceError: Error, Hashable, CustomStringConvertible {
    /// The trace's file or name.
    package var trace: String

    /// What is wrong with it.
    package var message: String

    /// Creates an error.
    package init(_ trace: String, _ message: String) {
        self.trace = trace
        self.message = message
    }

    /// Both on one line.
    package var description: String { "\(trace): \(message)" }
}
