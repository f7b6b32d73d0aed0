package tracking

import "shangjiatong/app/listing"

// Check is a check of the tracking code of an app that was kept, so that its report can be made again.
type Check struct {
	ID     string `json:"id"`
	AppID  string `json:"app_id"`
	At     string `json:"at"` // RFC 3339
	By     string `json:"by"`
	Digest string `json:"digest,omitempty"` // of the code; empty for captures and addresses
	Params Params `json:"params"`           // what it was compared with
	Result Result `json:"result"`
}

// RecordKind implements listing.Record.
func (Check) RecordKind() listing.RecordKind { return listing.KindCheck }

// RecordID implements listing.Record.
func (c Check) RecordID() string { return c.ID }
