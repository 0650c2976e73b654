import FetchMetrics

extension ClientMetrics {
    /// The results of a request.
    enum RequestOutcome: String, Sendable {
        case pending, succeeded, failed, error
    }

    /// The labels of the number of requests.
    struct RequestLabels: MetricLabels {
        var provider: String
        var endpoint: String
        var outcome: RequestOutcome
        var error: String

        var dimensions: [(String, String)] {
            [("provider", provider), ("endpoint", endpoint), ("outcome", outcome.rawValue), ("error", error)]
        }
    }

    /// The labels of the duration of requests, under the names of OpenTelemetry's conventions.
    struct DurationLabels: MetricLabels {
        var method: String
        var host: String
        var status: String
        var error: String

        var dimensions: [(String, String)] {
            [
                ("http.request.method", method), ("server.address", host), ("http.response.status_code", status),
                ("error.type", error),
            ]
        }
    }

    /// The labels of the duration of jobs.
    struct JobLabels: MetricLabels {
        var endpoint: String
        var outcome: RequestOutcome
        var error: String

        var dimensions: [(String, String)] {
            [("endpoint", endpoint), ("outcome", outcome.rawValue), ("error", error)]
        }
    }
}
