import Foundation

/// A running `film-service`, whose log is written to a file.
final class ServiceProcess: Sendable {
    /// The number of the process.
    let id: Int32

    private let statuses: AsyncStream<Int32>

    /// Starts the service in a folder. The log is the file `log` in it.
    init(in folder: URL) throws {
        let process = Process()
        process.executableURL = Self.executables.appending(path: "film-service")
        process.arguments = [folder.path(percentEncoded: false)]
        process.environment = [:]
        let log = folder.appending(path: "log")
        try Data().write(to: log)
        process.standardError = try FileHandle(forWritingTo: log)
        process.standardOutput = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        let (statuses, continuation) = AsyncStream.makeStream(of: Int32.self)
        process.terminationHandler = { process in
            continuation.yield(process.terminationReason == .exit ? process.terminationStatus : -1)
            continuation.finish()
        }
        try process.run()
        id = process.processIdentifier
        self.statuses = statuses
    }

    /// Waits until the process has ended, and returns its exit status. It is -1 after a signal that has killed it.
    func exitStatus() async -> Int32 { await statuses.first { _ in true } ?? -1 }

    /// The directory of the executables, which also contains the test bundle.
    private static var executables: URL {
        let testBundle = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }
        return testBundle?.bundleURL.deletingLastPathComponent() ?? Bundle.main.bundleURL
    }
}
