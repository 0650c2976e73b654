#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

extension SimulatedModelsLab {
    /// A job of a ``SimulatedModelsLab``, with its timing, its outcome and the errors that precede it.
    public struct Job: Sendable, Hashable {
        /// The outcome of a job.
        public enum Ending: Sendable, Hashable {
            /// The job succeeds with these output files. `nil` creates one link to a file that doesn't exist.
            case succeeded([URL]? = nil)
            /// The job fails with this message.
            case failed(String)
        }

        /// The field of a response that contains the output files.
        public enum OutputField: Sendable, Hashable {
            /// The files are in `output`.
            case output
            /// The files are in `proxy_links`, and `output` is an empty string.
            case proxyLinks
            /// The files are in `links`, and the response has no `output`.
            case links
        }

        /// The path segment before `fetch`, such as `video` or `face_gen`.
        public var family: String

        /// The id in the path. Responses contain it as an integer, or an integer hash of it if it isn't one.
        public var id: String

        /// The time from the start of the job to its end.
        public var duration: Duration

        /// The estimated duration that responses contain. `nil` omits it.
        public var eta: Duration?

        /// The outcome of the job when its duration is over.
        public var ending: Ending

        /// The time after the start during which the service reports the job as not found.
        public var notFoundFor: Duration

        /// The number of requests for this job that are first rejected by the rate limit.
        public var rateLimitedRequests: Int

        /// The `retry_after` of the rate limit's responses.
        public var retryAfter: Duration

        /// The number of requests after those that get a server error.
        public var serverErrors: Int

        /// The field of the output files in the style ``SimulatedModelsLab/ResponseStyle/reported``. With `nil`, jobs
        /// cycle through the fields.
        public var outputField: OutputField?

        /// True if the job is polled under `/api/v1/enterprise`.
        public var isEnterprise: Bool

        /// Creates a job. It starts when it is passed to a service.
        ///
        /// - Parameters:
        ///   - family: The path segment before `fetch`.
        ///   - id: The id in the path.
        ///   - duration: The time from the start of the job to its end.
        ///   - eta: The estimated duration that responses contain. Defaults to `nil`, no estimate.
        ///   - ending: The outcome. Defaults to success with one file.
        ///   - notFoundFor: The time during which the service reports the job as not found. Defaults to zero.
        ///   - rateLimitedRequests: The number of requests that are first rejected by the rate limit. Defaults to 0.
        ///   - retryAfter: The `retry_after` of the rate limit's responses. Defaults to 30 seconds.
        ///   - serverErrors: The number of requests after those that get a server error. Defaults to 0.
        ///   - outputField: The field of the output files in the style ``SimulatedModelsLab/ResponseStyle/reported``.
        ///     Defaults to `nil`.
        ///   - isEnterprise: True if the job is polled under `/api/v1/enterprise`. Defaults to `nil`, which is true
        ///     only for `face_gen`.
        public init(
            family: String,
            id: String,
            duration: Duration,
            eta: Duration? = nil,
            ending: Ending = .succeeded(),
            notFoundFor: Duration = .zero,
            rateLimitedRequests: Int = 0,
            retryAfter: Duration = .seconds(30),
            serverErrors: Int = 0,
            outputField: OutputField? = nil,
            isEnterprise: Bool? = nil
        ) {
            self.family = family
            self.id = id
            self.duration = duration
            self.eta = eta
            self.ending = ending
            self.notFoundFor = notFoundFor
            self.rateLimitedRequests = rateLimitedRequests
            self.retryAfter = retryAfter
            self.serverErrors = serverErrors
            self.outputField = outputField
            self.isEnterprise = isEnterprise ?? (family == "face_gen")
        }
    }
}
