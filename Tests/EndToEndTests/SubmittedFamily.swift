import FetchCore
import FetchTesting
import Foundation
import ModelsLab
import ModelsLabDeepfake
import ModelsLabFaceGen
import ModelsLabFaceSwap
import ModelsLabFineTune
import ModelsLabVideo
import ModelsLabWorkflow
import Testing

/// A family of ModelsLab with the response to a submission, and with the response to a poll of the finished job.
struct SubmittedFamily: Sendable, CustomTestStringConvertible {
    let endpoint: any FetchEndpoint
    let job: String
    let submission: String
    var result = #"{"status":"success","output":["https://cdn.example.com/a.mp4"]}"#

    /// True if the response to the submission has the polling URL.
    var hasURL: Bool { submission.contains("https://") }

    var testDescription: String { endpoint.name.rawValue }

    static let all: [Self] = [
        Self(
            endpoint: ModelsLabDeepfakeEndpoint(),
            job: "modelslab.deepfake:263",
            submission: processing("v6/deepfake", 263)
        ),
        Self(
            endpoint: ModelsLabFaceGenEndpoint(),
            job: "modelslab.enterprise.facegen:12202888",
            submission: processing("v1/enterprise/face_gen", 12_202_888)
        ),
        Self(
            endpoint: ModelsLabFaceSwapEndpoint(),
            job: "modelslab.faceswap:7",
            submission: processing("v6/faceswap", 7)
        ),
        Self(
            endpoint: ModelsLabFineTuneEndpoint(),
            job: "modelslab.finetune:F5jvdzGnYi",
            submission: #"{"status":"success","messege":"deploying_gpu","training_id":"F5jvdzGnYi"}"#,
            result: #"{"status":"success","messege":"model_ready"}"#
        ),
        Self(endpoint: ModelsLabVideoEndpoint(), job: "modelslab.video:42", submission: processing("v6/video", 42)),
        Self(
            endpoint: ModelsLabWorkflowEndpoint(),
            job: "modelslab.workflow:6351a2b3/7481",
            submission:
                #"{"status":"success","status_url":"https://modelslab.com/api/v1/workflows/6351a2b3/runs/7481"}"#,
            result: #"{"status":"success","execution":{"status":"completed"},"output":"https://cdn.example.com/a.mp4"}"#
        ),
    ]

    private static func processing(_ path: String, _ id: Int) -> String {
        """
        {"status": "processing", "id": \(id), "eta": 20, "output": [],
        "fetch_result": "https://modelslab.com/api/\(path)/fetch/\(id)"}
        """
    }
}
