import Foundation
import LoadFunctions

/// A libcurl easy handle with the response body that it receives.
final class CurlLoopTransfer {
    let easy: UnsafeMutableRawPointer
    private(set) var start = ContinuousClock.now
    private var body = Data()

    init(headers: UnsafeMutableRawPointer?) throws {
        guard let easy = load_curl_easy_init() else { throw LoadFailure("curl_easy_init failed") }
        self.easy = easy
        // This object frees the handle, so the handle needs no strong reference.
        let context = Unmanaged.passUnretained(self).toOpaque()
        load_curl_easy_set_integer(easy, LOAD_CURLOPT_NOSIGNAL, 1)
        load_curl_easy_set_integer(easy, LOAD_CURLOPT_TIMEOUT_MS, 30_000)
        load_curl_easy_set_pointer(easy, LOAD_CURLOPT_HTTPHEADER, headers)
        load_curl_easy_set_pointer(easy, LOAD_CURLOPT_PRIVATE, context)
        load_curl_easy_set_integer(easy, LOAD_CURLOPT_POSTFIELDSIZE, PollRequest.body.utf8.count)
        load_curl_easy_set_string(easy, LOAD_CURLOPT_COPYPOSTFIELDS, PollRequest.body)
        load_curl_easy_set_receive(
            easy,
            { bytes, _, count, context in
                guard let bytes, let context else { return 0 }
                let transfer = Unmanaged<CurlLoopTransfer>.fromOpaque(context).takeUnretainedValue()
                transfer.body.append(UnsafeRawPointer(bytes).assumingMemoryBound(to: UInt8.self), count: count)
                return count
            },
            context
        )
    }

    deinit { load_curl_easy_cleanup(easy) }

    /// Returns the transfer of an easy handle.
    static func of(_ easy: UnsafeMutableRawPointer) -> CurlLoopTransfer {
        // The initialiser has set the private pointer.
        Unmanaged<CurlLoopTransfer>.fromOpaque(load_curl_easy_private(easy)!).takeUnretainedValue()
    }

    /// Sets the options that differ between requests.
    func prepare(_ url: String) {
        start = .now
        body.removeAll(keepingCapacity: true)
        load_curl_easy_set_string(easy, LOAD_CURLOPT_URL, url)
    }

    /// Throws an error if the transfer failed or the response isn't the expected one.
    func check(_ result: Int32) throws {
        guard result == 0 else { throw LoadFailure(String(cString: load_curl_error(result))) }
        try PollDecoding.check(body, status: Int(load_curl_easy_status(easy)))
    }
}
