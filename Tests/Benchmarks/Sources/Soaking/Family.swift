import FetchCore

/// The endpoint families that ship with FetchKit.
enum Family: String, CaseIterable, Sendable {
    case video = "modelslab.video"
    case faceSwap = "modelslab.faceswap"
    case deepfake = "modelslab.deepfake"
    case faceGen = "modelslab.enterprise.facegen"
    case fineTune = "modelslab.finetune"
    case workflow = "modelslab.workflow"

    /// Returns a job's id, which ends in its number.
    func id(of number: Int) -> String {
        switch self {
        case .video, .faceSwap, .deepfake: "\(number)"
        case .faceGen: "face-\(number)"
        case .fineTune: "model-\(number)"
        case .workflow: "\(Self.workflowID)/\(number)"
        }
    }

    /// Returns the path at which a job is polled.
    func path(of number: Int) -> String {
        switch self {
        case .video: "/api/v6/video/fetch/\(id(of: number))"
        case .faceSwap: "/api/v6/faceswap/fetch/\(id(of: number))"
        case .deepfake: "/api/v6/deepfake/fetch/\(id(of: number))"
        case .faceGen: "/api/v1/enterprise/face_gen/fetch/\(id(of: number))"
        case .fineTune: "/api/v3/fine_tune_status/\(id(of: number))"
        case .workflow: "/api/v1/workflows/\(Self.workflowID)/runs/\(number)"
        }
    }

    /// The API key of the family's provider.
    var key: String { self == .faceGen ? "sk-soak-enterprise" : "sk-soak" }

    private static let workflowID = "6351a2b3-82ce-4d27-8c3d-2f7fa1e19e30"
}
