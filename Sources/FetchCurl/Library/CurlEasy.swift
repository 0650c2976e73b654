import CurlFunctions

/// A libcurl easy handle: one request with its options. Only one thread may use it.
struct CurlEasy {
    let pointer: UnsafeMutableRawPointer
    private let functions: CurlFunctions

    /// Creates an easy handle. Fails if libcurl can't allocate one.
    init?(_ functions: CurlFunctions) {
        guard let pointer = functions.easyInit() else { return nil }
        self.pointer = pointer
        self.functions = functions
    }

    /// Frees the handle. It must not be used afterwards.
    func free() { functions.easyCleanup(pointer) }

    /// Continues a transfer that a callback has paused. Can call the callbacks.
    ///
    /// - Returns: libcurl's result code.
    func unpause() -> Int32 { functions.easyPause(pointer, CurlValue.pauseNothing) }

    /// Returns a value of ``CurlInfo`` about the last transfer; 0 if libcurl doesn't have it.
    func value(of info: Int32) -> Int {
        var value = 0
        _ = withUnsafePointer(to: functions) { curlEasyGetLong($0, pointer, info, &value) }
        return value
    }
}

// Each overload passes the C type that its options expect.
extension CurlEasy {
    func set(_ option: Int32, _ value: Int) {
        _ = withUnsafePointer(to: functions) { curlEasySetLong($0, pointer, option, value) }
    }

    func set(_ option: Int32, offset value: Int64) {
        _ = withUnsafePointer(to: functions) { curlEasySetOffset($0, pointer, option, value) }
    }

    func set(_ option: Int32, _ value: UnsafeRawPointer?) {
        _ = withUnsafePointer(to: functions) { curlEasySetPointer($0, pointer, option, value) }
    }

    func set(_ option: Int32, _ value: UnsafeMutableRawPointer?) { set(option, UnsafeRawPointer(value)) }

    func set(_ option: Int32, _ value: UnsafeMutablePointer<CChar>?) { set(option, UnsafeRawPointer(value)) }

    /// Sets a string option. libcurl copies the string.
    func set(_ option: Int32, _ string: String?) {
        guard let string else { return set(option, nil as UnsafeRawPointer?) }
        string.withCString { set(option, UnsafeRawPointer($0)) }
    }

    func set(_ option: Int32, _ callback: @escaping CurlDataCallback) {
        _ = withUnsafePointer(to: functions) { curlEasySetDataCallback($0, pointer, option, callback) }
    }

    func set(_ option: Int32, _ callback: @escaping CurlOpenSocketCallback) {
        _ = withUnsafePointer(to: functions) { curlEasySetOpenSocketCallback($0, pointer, option, callback) }
    }

    func set(_ option: Int32, _ callback: @escaping CurlCloseSocketCallback) {
        _ = withUnsafePointer(to: functions) { curlEasySetCloseSocketCallback($0, pointer, option, callback) }
    }
}
