import Foundation
import LoadFunctions
import Measuring

/// A client on libcurl's multi interface without FetchKit: a thread that loops over `curl_multi_perform` and
/// `curl_multi_poll`, and a reused easy handle for each request in flight.
final class CurlLoopClient: LoadClient {
    private let request: PollRequest
    private let multi: UnsafeMutableRawPointer
    private let headers: UnsafeMutableRawPointer?
    /// The transfers without a request in flight.
    private var idle: [CurlLoopTransfer] = []

    init(_ request: PollRequest) throws {
        self.request = request
        if let failure = load_curl() { throw LoadFailure(String(cString: failure)) }
        guard let multi = load_curl_multi_init() else { throw LoadFailure("curl_multi_init failed") }
        self.multi = multi
        load_curl_multi_set_integer(multi, LOAD_CURLMOPT_MAXCONNECTS, 256)
        headers = load_curl_list_append(nil, "Content-Type: application/json")
    }

    deinit {
        idle = []
        load_curl_multi_cleanup(multi)
        load_curl_list_free(headers)
    }

    func sample(_ step: LoadStep) throws -> LoadSample {
        while idle.count < step.inFlight { idle.append(try CurlLoopTransfer(headers: headers)) }
        let active = Array(idle.prefix(step.inFlight))
        let usage = Usage()
        let end = ContinuousClock.now + .seconds(step.seconds)
        var job = Self.firstJob
        for transfer in active {
            start(transfer, job)
            job += 1
        }
        var latencies: [Double] = []
        var inFlightCount = active.count
        while inFlightCount > 0 {
            load_curl_multi_perform(multi)
            var hasStarted = false
            while case let completion = load_curl_multi_next(multi), let easy = completion.easy {
                let transfer = CurlLoopTransfer.of(easy)
                load_curl_multi_remove(multi, easy)
                try transfer.check(completion.result)
                let now = ContinuousClock.now
                latencies.append((now - transfer.start) / .microseconds(1))
                if now < end {
                    start(transfer, job)
                    job += 1
                    hasStarted = true
                } else {
                    inFlightCount -= 1
                }
            }
            if !hasStarted, inFlightCount > 0 { load_curl_multi_poll(multi, 1_000) }
        }
        let spent = usage.spent
        return LoadSample(latencies: latencies, spent: spent)
    }

    private func start(_ transfer: CurlLoopTransfer, _ job: Int64) {
        transfer.prepare(request.url(of: job))
        load_curl_multi_add(multi, transfer.easy)
    }
}
