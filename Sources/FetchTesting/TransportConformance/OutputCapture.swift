import Foundation

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Records what the process writes to standard output and standard error.
///
/// The two descriptors are those of the whole process: what other code writes meanwhile is recorded as well, and written to its
/// place afterwards. One recording at a time.
actor OutputCapture {
    private static let shared = OutputCapture()

    private var isRecording = false
    private var waiting: [CheckedContinuation<Void, Never>] = []

    /// Returns what is written while the work runs.
    ///
    /// - Throws: ``SystemFailure``.
    static func output(during work: @Sendable () async -> Void) async throws -> Data {
        await shared.begin()
        do {
            let output = try await record(work)
            await shared.end()
            return output
        } catch {
            await shared.end()
            throw error
        }
    }

    private func begin() async {
        guard isRecording else { return isRecording = true }
        await withCheckedContinuation { waiting.append($0) }
    }

    private func end() {
        if waiting.isEmpty { isRecording = false } else { waiting.removeFirst().resume() }
    }

    private static func record(_ work: @Sendable () async -> Void) async throws -> Data {
        var redirections: [Redirection] = []
        defer { for redirection in redirections { redirection.close() } }
        flushAll()
        for descriptor in [STDOUT_FILENO, STDERR_FILENO] { redirections.append(try Redirection(of: descriptor)) }
        await work()
        flushAll()
        return redirections.reduce(into: Data()) { $0 += $1.end() }
    }

    private static func flushAll() { _ = fflush(nil) }
}

/// One descriptor that leads to a file for a while.
private struct Redirection {
    private let descriptor: Int32
    /// The descriptor as it was.
    private let original: Int32
    private let file: Int32

    init(of descriptor: Int32) throws {
        self.descriptor = descriptor
        original = try SystemFailure.check("dup", dup(descriptor))
        var path = Array("\(NSTemporaryDirectory())/output-XXXXXX".utf8CString)
        file = mkstemp(&path)
        guard file >= 0 else {
            closeDescriptor(original)
            throw SystemFailure(call: "mkstemp")
        }
        unlink(path)
        _ = fcntl(file, F_SETFL, O_APPEND)
        dup2(file, descriptor)
    }

    /// Restores the descriptor, writes to it what is in the file, and returns that.
    func end() -> Data {
        dup2(original, descriptor)
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        lseek(file, 0, SEEK_SET)
        while case let count = read(file, &buffer, buffer.count), count > 0 { bytes += buffer[..<count] }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else { break }
            rest = rest.dropFirst(count)
        }
        return Data(bytes)
    }

    func close() {
        closeDescriptor(original)
        closeDescriptor(file)
    }
}
