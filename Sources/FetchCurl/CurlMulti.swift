import CurlFunctions

/// A multi handle of libcurl: the transfers that it carries out together, and the connections that they share.
///
/// It belongs to the event loop's thread.
struct CurlMulti {
    private static let maximumKeptConnections = 1_000

    private let functions: CurlFunctions
    private let pointer: UnsafeMutableRawPointer

    /// Creates a multi handle; `nil` if libcurl has no memory for one.
    init?(_ functions: CurlFunctions, connectionsPerHost: Int) {
        guard let pointer = functions.multiInit() else { return nil }
        self.functions = functions
        self.pointer = pointer
        set(CurlMultiOption.maximumHostConnections, max(connectionsPerHost, 1))
        set(CurlMultiOption.maximumKeptConnections, Self.maximumKeptConnections)
    }

    /// Has libcurl say which sockets and which time it waits for.
    ///
    /// - Parameter context: The context of both callbacks.
    func report(
        to context: UnsafeMutableRawPointer,
        socketChanged: @escaping CurlSocketCallback,
        timerChanged: @escaping CurlTimerCallback
    ) {
        withUnsafePointer(to: functions) { functions in
            _ = curlMultiSetSocketCallback(functions, pointer, CurlMultiOption.socketFunction, socketChanged)
            _ = curlMultiSetPointer(functions, pointer, CurlMultiOption.socketContext, context)
            _ = curlMultiSetTimerCallback(functions, pointer, CurlMultiOption.timerFunction, timerChanged)
            _ = curlMultiSetPointer(functions, pointer, CurlMultiOption.timerContext, context)
        }
    }

    /// Begins a handle's transfer; false if libcurl can't.
    func add(_ handle: CurlHandle) -> Bool { functions.multiAddHandle(pointer, handle.easy) == 0 }

    /// Ends a handle's transfer.
    func remove(_ handle: CurlHandle) { _ = functions.multiRemoveHandle(pointer, handle.easy) }

    /// Has libcurl do what there is to do about a socket.
    func act(on descriptor: Int32, events: Int32) {
        var running: Int32 = 0
        _ = functions.multiSocketAction(pointer, descriptor, events, &running)
    }

    /// Has libcurl do what its timer was for, such as beginning transfers, or reading on where there is much to read.
    func actOnTime() { act(on: CurlValue.noSocket, events: 0) }

    /// Returns a handle whose transfer has ended, and libcurl's code; `nil` if there is none left.
    func nextResult() -> (handle: CurlHandle, code: Int32)? {
        var remaining: Int32 = 0
        while let message = functions.multiInfoRead(pointer, &remaining) {
            let message = message.assumingMemoryBound(to: CurlMessage.self).pointee
            if let easy = message.easy, let handle = handle(of: easy) { return (handle, message.data.result) }
        }
        return nil
    }

    /// Returns the handle that an easy handle belongs to.
    func handle(of easy: UnsafeMutableRawPointer) -> CurlHandle? {
        var context: UnsafeMutableRawPointer?
        _ = withUnsafePointer(to: functions) { curlEasyGetPointer($0, easy, CurlInfo.privatePointer, &context) }
        return context.map { Unmanaged<CurlHandle>.fromOpaque($0).takeUnretainedValue() }
    }

    /// Frees the multi handle and closes its connections. All transfers have to be removed before.
    func close() { _ = functions.multiCleanup(pointer) }

    private func set(_ option: Int32, _ value: Int) {
        _ = withUnsafePointer(to: functions) { curlMultiSetLong($0, pointer, option, value) }
    }
}
