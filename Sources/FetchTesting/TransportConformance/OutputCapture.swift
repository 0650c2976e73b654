import Foundation
import SystemLibrary

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Captures the process's standard output and standard error.
///
/// The two descriptors belong to the whole process. The output of other code during a capture is captured as well, and
/// is written to the original descriptors afterwards. Captures are serialized.
actor OutputCapture {
    private static let shared = OutputCapture()

    private var isCapturing = false
    private var waiting: [CheckedContinuation<Void, Never>] = []

    /// Runs the work and returns the output during it.
    ///
    /// - Parameter work: The work whose output is captured.
    /// - Returns: The standard output, followed by the standard error.
    /// - Throws: ``SystemFailure`` if a descriptor can't be redirected.
    static func output(during work: @Sendable () async -> Void) async throws -> Data {
        await shared.begin()
        do {
            let output = try await capture(work)
            await shared.end()
            return output
        } catch {
            await shared.end()
            throw error
        }
    }

    private func begin() async {
        guard isCapturing else { return isCapturing = true }
        await withCheckedContinuation { waiting.append($0) }
    }

    private func end() {
        if waiting.isEmpty { isCapturing = false } else { waiting.removeFirst().resume() }
    }

    private static func capture(_ work: @Sendable () async -> Void) async throws -> Data {
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

/// A temporary redirection of one descriptor to a file.
private struct Redirection {
    private let descriptor: Int32
    /// A duplicate of the descriptor before the redirection.
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

    /// Restores the descriptor, writes the contents of the file to it, and returns them.
    func end() -> Data {
        dup2(original, descriptor)
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        lseek(file, 0, SEEK_SET)
        while case let count = read(file, &buffer, buffer.count), count > 0 { bytes += buffer[..<count] }
        var remaining = bytes[...]
        while !remaining.isEmpty {
            let count = remaining.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else { break }
            remaining = remaining.dropFirst(count)
        }
        return Data(bytes)
    }

    func close() {
        closeDescriptor(original)
        closeDescriptor(file)
    }
}
