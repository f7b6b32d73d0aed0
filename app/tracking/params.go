package tracking

import "shangjiatong/app/listing"

// Params are the values the tracking code of one application needs (PARAM-1). None of them is secret: all of them end
// up in front-end code.
type Params struct {
	Name       string          `json:"name"`       // 应用名称
	Identifier string          `json:"identifier"` // 应用标识
	Kind       listing.AppKind `json:"kind"`
	SappID     string          `json:"sapp_id"`
	SappName   string          `json:"sapp_name"`
	Bid        string          `json:"bid"`
	Signkey    string          `json:"signkey"`
}

// ParamsOf takes the parameters out of an application.
func ParamsOf(a *listing.App) Params {
	return Params{
		Name: a.Name, Identifier: a.Identifier, Kind: a.Kind,
		SappID: a.SappID, SappName: a.SappName, Bid: a.Bid, Signkey: a.Signkey,
	}
}
