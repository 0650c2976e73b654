package import Foundation

/// A second process of this program that runs the server. It ends when this process ends or closes its input.
package struct ServerProcess {
    /// The URL that the process has printed.
    package let url: URL
    private let process = Process()
    private let input = Pipe()

    /// Starts the server: the program's command `serve`, whose first output is the URL of the server.
    ///
    /// - Throws: An error if it prints no URL.
    package init() throws {
        let output = Pipe()
        process.executableURL = Bundle.main.executableURL
        process.arguments = ["serve"]
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
        guard let url = URL(string: line.trimmingCharacters(in: .newlines)), url.host() != nil else {
            throw CocoaError(.fileReadUnknown)
        }
        self.url = url
    }

    /// Ends the server, and waits for that.
    package func stop() {
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
    }
}
