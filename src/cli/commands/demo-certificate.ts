/**
 * Whom does the demo's TLS server claim to be? `localhost`, with a self-signed certificate valid from 2020 to 2120.
 * FOR THE DEMO ON LOOPBACK ONLY: everybody has this key, so it protects nothing and must not be used for anything else.
 */

/** EC P-256. */
export const key = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg10w1PkA+S3/amk78
VMojDu00+hZW0MqdqXwiXLiUjdmhRANCAAR9uuoXUQxctQdxY7QP2qDb0P2ZMBpF
i+r0V6ogEqX1mHsRtk+up/xLA0MuuSkP3iyZB6DuAmVn5v8blycaIP72
-----END PRIVATE KEY-----
`

/** For localhost, 127.0.0.1 and ::1. */
export const certificate = `-----BEGIN CERTIFICATE-----
MIIBijCCAS+gAwIBAgIBATAKBggqhkjOPQQDAjAUMRIwEAYDVQQDDAlsb2NhbGhv
c3QwIBcNMjAwMTAxMDAwMDAwWhgPMjEyMDAxMDEwMDAwMDBaMBQxEjAQBgNVBAMM
CWxvY2FsaG9zdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABH266hdRDFy1B3Fj
tA/aoNvQ/ZkwGkWL6vRXqiASpfWYexG2T66n/EsDQy65KQ/eLJkHoO4CZWfm/xuX
Jxog/vajcDBuMCwGA1UdEQQlMCOCCWxvY2FsaG9zdIcEfwAAAYcQAAAAAAAAAAAA
AAAAAAAAATAPBgNVHRMBAf8EBTADAQH/MA4GA1UdDwEB/wQEAwIChDAdBgNVHQ4E
FgQUGAqSswyrbGuya8AWoOsScso/liYwCgYIKoZIzj0EAwIDSQAwRgIhAICgN/dL
t1XvswbEoRzMFaboS2EbiziskabjmQl0kHjLAiEA6veMatem+cg5mr1ijF3PN23/
h32xOixU+q5FTQz5L74=
-----END CERTIFICATE-----
`
