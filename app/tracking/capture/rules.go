package capture

// ruleKeys lists what can be said about a capture; data/rules.yaml holds the sentences.
func ruleKeys() []string {
	return []string{
		sourceEmpty, sourceBroken, sourceUnreadable, sourceFormat, sourceLong, sourceMany, findingsMany,
		lineCut, lineArgs, eventOther, statusFailed, statusNone, statusUnseen, viewsNone, pageMissing, pagesUnknown, paramsUnknown,
		hostRetired, hostForeign, hostScheme, hostUnseen, appIDEmpty, appIDUnknown, appIDDevice, appIDGif,
		sappIDEmpty, sappIDDiffers, sappNameEmpty, sappNameDiffers, sappSeveral,
		valuePlaceholder, valueType, valueExtra, valueNested, valueEncoding, viewAutomatic, viewRepeated,
		fieldMisspelt, pagePlaceholder, pageIDEmpty, pageIDSpaces, pageIDUnknown, pageIDWrong, pageIDShared, pageIDPersonal,
		pageNameEmpty, pageNamePersonal, pageNameUnderscore, pageNameLetters, pageNameDigits, pageNameDiffers,
		pageURLEmpty, pageURLLocal, pageURLTest, pageURLPersonal, pageURLOther, pageURLDiffers, pageElsewhere,
		userEmpty, userDesktop, userPlaceholder, userCode, userPersonal, userForm, userTwo, userSame, devicePlaceholder,
		uploadNone, uploadStatus, uploadUnanswered, uploadHeaderBad, uploadHost, uploadRetired, uploadSign,
		bidDoubled, bidSuffix, bidDiffers,
	}
}

const (
	sourceEmpty        = "source.empty"
	sourceBroken       = "source.broken"
	sourceUnreadable   = "source.unreadable"
	sourceFormat       = "source.format"
	sourceLong         = "source.long"
	sourceMany         = "source.many"
	findingsMany       = "findings.many"
	lineCut            = "line.cut"
	lineArgs           = "line.args"
	eventOther         = "event.other"
	statusFailed       = "status.failed"
	statusNone         = "status.none"
	statusUnseen       = "status.unseen"
	viewsNone          = "views.none"
	pageMissing        = "page.missing"
	pagesUnknown       = "pages.unknown"
	paramsUnknown      = "params.unknown"
	hostRetired        = "host.retired"
	hostForeign        = "host.foreign"
	hostScheme         = "host.scheme"
	hostUnseen         = "host.unseen"
	appIDEmpty         = "appid.empty"
	appIDUnknown       = "appid.unknown"
	appIDDevice        = "appid.device"
	appIDGif           = "appid.gif"
	sappIDEmpty        = "sapp_id.empty"
	sappIDDiffers      = "sapp_id.differs"
	sappNameEmpty      = "sapp_name.empty"
	sappNameDiffers    = "sapp_name.differs"
	sappSeveral        = "sapp.several"
	valuePlaceholder   = "value.placeholder"
	valueType          = "value.type"
	valueExtra         = "value.extra"
	valueNested        = "value.nested"
	valueEncoding      = "value.encoding"
	viewAutomatic      = "view.automatic"
	viewRepeated       = "view.repeated"
	fieldMisspelt      = "field.misspelt"
	pagePlaceholder    = "page.placeholder"
	pageIDEmpty        = "page_id.empty"
	pageIDSpaces       = "page_id.spaces"
	pageIDUnknown      = "page_id.unknown"
	pageIDWrong        = "page_id.wrong"
	pageIDShared       = "page_id.shared"
	pageIDPersonal     = "page_id.personal"
	pageNameEmpty      = "page_name.empty"
	pageNamePersonal   = "page_name.personal"
	pageNameUnderscore = "page_name.underscore"
	pageNameLetters    = "page_name.letters"
	pageNameDigits     = "page_name.digits"
	pageNameDiffers    = "page_name.differs"
	pageURLEmpty       = "page_url.empty"
	pageURLLocal       = "page_url.local"
	pageURLTest        = "page_url.test"
	pageURLPersonal    = "page_url.personal"
	pageURLOther       = "page_url.other"
	pageURLDiffers     = "page_url.differs"
	pageElsewhere      = "page.elsewhere"
	userEmpty          = "user.empty"
	userDesktop        = "user.desktop"
	userPlaceholder    = "user.placeholder"
	userCode           = "user.code"
	userPersonal       = "user.personal"
	userForm           = "user.form"
	userTwo            = "user.two"
	userSame           = "user.same"
	devicePlaceholder  = "device.placeholder"
	uploadNone         = "upload.none"
	uploadStatus       = "upload.status"
	uploadUnanswered   = "upload.unanswered"
	uploadHeaderBad    = "upload.header"
	uploadHost         = "upload.host"
	uploadRetired      = "upload.retired"
	uploadSign         = "upload.sign"
	bidDoubled         = "bid.doubled"
	bidSuffix          = "bid.suffix"
	bidDiffers         = "bid.differs"
)
