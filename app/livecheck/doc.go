// Package livecheck opens the pages of an application in the workstation's own browser and judges the tracking code by
// what the pages really do (TRACK-1 to TRACK-11, TRACK-17), for 浙政钉 on a computer, on Android and on an iPhone.
//
// [Check] takes an address, or a folder it serves itself on 127.0.0.1 under a sub-path, as the hosting platform does.
// It follows the page table: other documents are loaded, routes of the same document are changed to as a user's click
// would. A script that runs before the page's own records the queue in order; what the SDK makes of it is judged by the
// model of package queue. Models of the SDK, of the stability reporter and of the JSAPI take the place of the real
// scripts, so that requests are formed; logs, uploads and the application's own back end are answered here, everything
// else is blocked and named. Nothing leaves the machine, unless Input.RealNetwork says so.
//
// The login is played: it succeeds, fails, is slow or never answers. Its account is made up, which shows a user that is
// hard-coded.
//
// Devices, limits and sentences are data (data/live.yaml, data/rules.yaml); the scripts of the page stand in script/.
package livecheck
