import CurlFunctions

/// A libcurl multi handle: a set of concurrent transfers with their shared connections.
///
/// Only the event loop's thread may use it.
final class CurlMulti {
    private static let maximumKeptConnections = 1_000

    /// The time of creation, in nanoseconds of the monotonic clock.
    let created = MonotonicTime.now
    /// The transfers that the handle carries.
    let group: ConnectionGroup
    unowned let session: CurlSession
    /// The time at which libcurl's timer fires, in nanoseconds of the monotonic clock; `nil` if no timer is set.
    private(set) var timer: Int64?
    private(set) var transferCount = 0
    /// The sockets from which libcurl hasn't read all available bytes. libcurl continues to read them in every call,
    /// whatever socket the call is for.
    var unfinished: [Int32] = []

    private let functions: CurlFunctions
    private let pointer: UnsafeMutableRawPointer

    /// Creates a multi handle. Fails if libcurl can't allocate one.
    ///
    /// - Parameters:
    ///   - functions: libcurl's functions.
    ///   - group: The transfers that the handle carries.
    ///   - connectionsPerHost: The maximum number of connections to one host, at least one.
    ///   - session: The session that polls the sockets for libcurl.
    init?(_ functions: CurlFunctions, for group: ConnectionGroup, connectionsPerHost: Int, session: CurlSession) {
        guard let pointer = functions.multiInit() else { return nil }
        self.functions = functions
        self.pointer = pointer
        self.session = session
        self.group = group
        let context = Unmanaged.passUnretained(self).toOpaque()
        withUnsafePointer(to: functions) { functions in
            _ = curlMultiSetSocketCallback(functions, pointer, CurlMultiOption.socketFunction, socketChanged)
            _ = curlMultiSetPointer(functions, pointer, CurlMultiOption.socketContext, context)
            _ = curlMultiSetTimerCallback(functions, pointer, CurlMultiOption.timerFunction, timerChanged)
            _ = curlMultiSetPointer(functions, pointer, CurlMultiOption.timerContext, context)
            _ = curlMultiSetLong(functions, pointer, CurlMultiOption.maximumHostConnections, max(connectionsPerHost, 1))
            _ = curlMultiSetLong(
                functions,
                pointer,
                CurlMultiOption.maximumKeptConnections,
                Self.maximumKeptConnections
            )
        }
    }

    /// Starts a handle's transfer. Returns false if libcurl refuses it.
    func add(_ handle: CurlHandle) -> Bool {
        guard functions.multiAddHandle(pointer, handle.easy.pointer) == 0 else { return false }
        handle.multi = self
        transferCount += 1
        return true
    }

    /// Removes a handle. Its transfer ends if it is still running.
    func remove(_ handle: CurlHandle) {
        _ = functions.multiRemoveHandle(pointer, handle.easy.pointer)
        handle.multi = nil
        transferCount -= 1
    }

    /// Reports a socket's events to libcurl.
    func act(on descriptor: Int32, events: Int32) {
        var running: Int32 = 0
        _ = functions.multiSocketAction(pointer, descriptor, events, &running)
    }

    /// Reports to libcurl that its timer has fired. libcurl then starts transfers or continues to read large responses.
    func fireTimer() {
        timer = nil
        act(on: CurlValue.noSocket, events: 0)
    }

    /// Returns the next handle whose transfer has ended, and libcurl's result code; `nil` if there is none.
    func nextResult() -> (handle: CurlHandle, code: Int32)? {
        var remaining: Int32 = 0
        while let message = functions.multiInfoRead(pointer, &remaining) {
            let message = message.assumingMemoryBound(to: CurlMessage.self).pointee
            if let easy = message.easy, let handle = handle(of: easy) { return (handle, message.data.result) }
        }
        return nil
    }

    /// Frees the multi handle and closes its connections. All transfers must have been removed. It must not be used
    /// afterwards.
    func close() { _ = functions.multiCleanup(pointer) }

    /// Returns the ``CurlHandle`` that owns an easy handle.
    private func handle(of easy: UnsafeMutableRawPointer) -> CurlHandle? {
        var context: UnsafeMutableRawPointer?
        _ = withUnsafePointer(to: functions) { curlEasyGetPointer($0, easy, CurlInfo.privatePointer, &context) }
        return context.map { Unmanaged<CurlHandle>.fromOpaque($0).takeUnretainedValue() }
    }
}

// libcurl's callbacks.
extension CurlMulti {
    fileprivate static func at(_ context: UnsafeMutableRawPointer) -> CurlMulti {
        Unmanaged<CurlMulti>.fromOpaque(context).takeUnretainedValue()
    }

    fileprivate func watch(_ descriptor: Int32, for action: Int32, easy: UnsafeMutableRawPointer?) {
        session.watch(descriptor, for: action, handle: easy.flatMap(handle(of:)), of: self)
    }

    fileprivate func setTimer(_ milliseconds: Int) {
        timer =
            switch milliseconds {
            case ..<0: nil
            // Due at once.
            case 0: 0
            default: MonotonicTime.now + Int64(milliseconds) * 1_000_000
            }
    }
}

private let socketChanged: CurlSocketCallback = { easy, descriptor, action, context, _ in
    if let context { CurlMulti.at(context).watch(descriptor, for: action, easy: easy) }
    return 0
}

private let timerChanged: CurlTimerCallback = { _, milliseconds, context in
    if let context { CurlMulti.at(context).setTimer(milliseconds) }
    return 0
}
