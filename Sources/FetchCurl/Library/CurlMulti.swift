import CurlFunctions

/// A multi handle of libcurl: the transfers that it carries out together, and the connections that they share.
///
/// It belongs to the event loop's thread.
final class CurlMulti {
    private static let maximumKeptConnections = 1_000

    /// The time of the creation, in nanoseconds of the monotonic clock.
    let created = MonotonicTime.now
    unowned let session: CurlSession
    /// The time at which libcurl wants to be called without a socket.
    private(set) var timer: Int64?
    /// The number of transfers that it carries out.
    private(set) var transferCount = 0
    /// The sockets from which libcurl hasn't read all that there was. It reads on in every call, whatever that is about.
    var unfinished: [Int32] = []

    private let functions: CurlFunctions
    private let pointer: UnsafeMutableRawPointer

    /// Creates a multi handle; `nil` if libcurl has no memory for one.
    ///
    /// - Parameter session: The session that learns of the sockets for which libcurl waits.
    init?(_ functions: CurlFunctions, connectionsPerHost: Int, session: CurlSession) {
        guard let pointer = functions.multiInit() else { return nil }
        self.functions = functions
        self.pointer = pointer
        self.session = session
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

    /// Begins a handle's transfer; false if libcurl can't.
    func add(_ handle: CurlHandle) -> Bool {
        guard functions.multiAddHandle(pointer, handle.easy.pointer) == 0 else { return false }
        handle.multi = self
        transferCount += 1
        return true
    }

    /// Ends a handle's transfer.
    func remove(_ handle: CurlHandle) {
        _ = functions.multiRemoveHandle(pointer, handle.easy.pointer)
        handle.multi = nil
        transferCount -= 1
    }

    /// Has libcurl do what there is to do about a socket.
    func act(on descriptor: Int32, events: Int32) {
        var running: Int32 = 0
        _ = functions.multiSocketAction(pointer, descriptor, events, &running)
    }

    /// Has libcurl do what its timer was for, such as beginning transfers, or reading on where there is much to read.
    func actOnTime() {
        timer = nil
        act(on: CurlValue.noSocket, events: 0)
    }

    /// Returns a handle whose transfer has ended, and libcurl's code; `nil` if there is none left.
    func nextResult() -> (handle: CurlHandle, code: Int32)? {
        var remaining: Int32 = 0
        while let message = functions.multiInfoRead(pointer, &remaining) {
            let message = message.assumingMemoryBound(to: CurlMessage.self).pointee
            if let easy = message.easy, let handle = handle(of: easy) { return (handle, message.data.result) }
        }
        return nil
    }

    /// Frees the multi handle and closes its connections. All transfers have to be removed before, and it isn't used again.
    func close() { _ = functions.multiCleanup(pointer) }

    /// Returns the handle that an easy handle belongs to.
    private func handle(of easy: UnsafeMutableRawPointer) -> CurlHandle? {
        var context: UnsafeMutableRawPointer?
        _ = withUnsafePointer(to: functions) { curlEasyGetPointer($0, easy, CurlInfo.privatePointer, &context) }
        return context.map { Unmanaged<CurlHandle>.fromOpaque($0).takeUnretainedValue() }
    }
}

// The callbacks of libcurl.
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
            // At once, whatever time it is.
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
