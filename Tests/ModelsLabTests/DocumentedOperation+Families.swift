import FetchCore
import ModelsLab
import ModelsLabFaceSwap
import ModelsLabFineTune
import ModelsLabVideo

extension DocumentedOperation {
    /// The operations below `/api/v3`, `/api/v5` and `/api/v6`.
    static let families = [
        Self(
            ["3d-api"],
            ModelsLabFamily<Int64>("modelslab.3d", path: "3d/fetch/{id}"),
            "POST v6/3d/fetch/{id}",
            .integer
        ),
        Self(
            ["faceswap-api"],
            ModelsLabFaceSwapEndpoint(),
            "POST v6/faceswap/fetch/{id}",
            .integer
        ),
        Self(
            ["image-editing"],
            ModelsLabFamily<String>("modelslab.image_editing", path: "image_editing/fetch/{id}"),
            "POST v6/image_editing/fetch/{id}",
            .string
        ),
        Self(
            ["image-generation_community-models"],
            ModelsLabFamily<String>("modelslab.images", path: "images/fetch", idField: "request_id"),
            "POST v6/images/fetch",
            .string,
            idField: "request_id"
        ),
        Self(
            ["image-generation_controlnet"],
            ModelsLabFamily<Int64>(
                "modelslab.controlnet",
                api: .v5,
                path: "images/fetch/{id}",
                method: .get,
                authorization: .none
            ),
            "GET v5/images/fetch/{id}",
            .integer,
            body: nil
        ),
        Self(
            ["image-generation_realtime-stable-diffusion"],
            ModelsLabFamily<String>("modelslab.realtime", path: "realtime/fetch/{id}"),
            "POST v6/realtime/fetch/{id}",
            .string
        ),
        Self(
            ["image-generation_train-model"],
            ModelsLabFineTuneEndpoint(),
            "POST v3/fine_tune_status/{id}",
            .string
        ),
        Self(
            ["interior-api"],
            ModelsLabFamily<Int64>("modelslab.interior", path: "interior/fetch/{id}"),
            "POST v6/interior/fetch/{id}",
            .integer
        ),
        Self(
            ["video-api"],
            ModelsLabVideoEndpoint(),
            "POST v6/video/fetch/{id}",
            .integer
        ),
        Self(
            ["voice-cloning"],
            ModelsLabFamily<Int64>("modelslab.voice", path: "voice/fetch/{id}"),
            "POST v6/voice/fetch/{id}",
            .integer
        ),
    ]
}
