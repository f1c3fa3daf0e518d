export { connectDevice, type DeviceOptions, machineOf, makeDeviceKey, type TestDevice } from "./connect-device.ts";
export { type DeviceSocket, openDeviceSocket } from "./device-socket.ts";
export { openJws, signJwt } from "./jws.ts";
