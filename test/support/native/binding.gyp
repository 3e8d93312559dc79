{
  "targets": [
    {
      "target_name": "probe",
      "defines": ["NAPI_VERSION=8"],
      "cflags": ["-fvisibility=hidden", "-Wall", "-Wextra"],
      "cflags_cc": ["-std=c++17", "-fno-exceptions", "-fno-rtti"],
      "conditions": [
        ["OS=='win'", { "type": "none" }, { "sources": ["probe.cc", "loops.cc", "handles.cc", "../../../native/os/loop.cc"] }],
        ["OS=='mac'", { "xcode_settings": { "CLANG_CXX_LANGUAGE_STANDARD": "c++17" } }]
      ]
    }
  ]
}
