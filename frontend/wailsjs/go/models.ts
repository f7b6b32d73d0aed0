export namespace bind {
	
	export class SmokeReport {
	    version: string;
	    title: string;
	    text: string;
	    error: string;
	    shown: number;
	
	    static createFrom(source: any = {}) {
	        return new SmokeReport(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.version = source["version"];
	        this.title = source["title"];
	        this.text = source["text"];
	        this.error = source["error"];
	        this.shown = source["shown"];
	    }
	}

}

export namespace forms {
	
	export class Completeness {
	    form: string;
	    title: string;
	    needed: number;
	    filled: number;
	    missing: string[];
	
	    static createFrom(source: any = {}) {
	        return new Completeness(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.form = source["form"];
	        this.title = source["title"];
	        this.needed = source["needed"];
	        this.filled = source["filled"];
	        this.missing = source["missing"];
	    }
	}
	export class Row {
	    label: string;
	    field: string;
	    required?: boolean;
	    assumed?: boolean;
	
	    static createFrom(source: any = {}) {
	        return new Row(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.label = source["label"];
	        this.field = source["field"];
	        this.required = source["required"];
	        this.assumed = source["assumed"];
	    }
	}
	export class Section {
	    heading?: string;
	    component?: string;
	    rows: Row[];
	
	    static createFrom(source: any = {}) {
	        return new Section(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.heading = source["heading"];
	        this.component = source["component"];
	        this.rows = this.convertValues(source["rows"], Row);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class Form {
	    id: string;
	    title: string;
	    portal: string;
	    task: string;
	    per_component?: boolean;
	    sections: Section[];
	
	    static createFrom(source: any = {}) {
	        return new Form(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.title = source["title"];
	        this.portal = source["portal"];
	        this.task = source["task"];
	        this.per_component = source["per_component"];
	        this.sections = this.convertValues(source["sections"], Section);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	
	
	export class Slot {
	    id: string;
	    title: string;
	    types: string[];
	    mb: number;
	    rule?: string;
	    width?: number;
	    height?: number;
	    skeleton?: boolean;
	    listed?: boolean;
	    optional?: boolean;
	    sealed?: boolean;
	    scan_of?: string;
	
	    static createFrom(source: any = {}) {
	        return new Slot(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.title = source["title"];
	        this.types = source["types"];
	        this.mb = source["mb"];
	        this.rule = source["rule"];
	        this.width = source["width"];
	        this.height = source["height"];
	        this.skeleton = source["skeleton"];
	        this.listed = source["listed"];
	        this.optional = source["optional"];
	        this.sealed = source["sealed"];
	        this.scan_of = source["scan_of"];
	    }
	}
	export class Subject {
	    id: string;
	    title: string;
	    note: string;
	
	    static createFrom(source: any = {}) {
	        return new Subject(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.title = source["title"];
	        this.note = source["note"];
	    }
	}

}

export namespace intake {
	
	export class Column {
	    index: number;
	    letter: string;
	    header: string;
	
	    static createFrom(source: any = {}) {
	        return new Column(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.index = source["index"];
	        this.letter = source["letter"];
	        this.header = source["header"];
	    }
	}
	export class Counts {
	    rows: number;
	    add: number;
	    update: number;
	    skip: number;
	    errors: number;
	    warnings: number;
	    infos: number;
	    unlisted: number;
	
	    static createFrom(source: any = {}) {
	        return new Counts(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.rows = source["rows"];
	        this.add = source["add"];
	        this.update = source["update"];
	        this.skip = source["skip"];
	        this.errors = source["errors"];
	        this.warnings = source["warnings"];
	        this.infos = source["infos"];
	        this.unlisted = source["unlisted"];
	    }
	}
	export class FieldChange {
	    key: string;
	    label: string;
	    values: string[];
	    before: string[];
	    shown: string;
	    was: string;
	
	    static createFrom(source: any = {}) {
	        return new FieldChange(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.key = source["key"];
	        this.label = source["label"];
	        this.values = source["values"];
	        this.before = source["before"];
	        this.shown = source["shown"];
	        this.was = source["was"];
	    }
	}
	export class MappedColumn {
	    column: number;
	    letter: string;
	    header: string;
	    key: string;
	    match: string;
	    candidates: string[];
	    note?: string;
	
	    static createFrom(source: any = {}) {
	        return new MappedColumn(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.column = source["column"];
	        this.letter = source["letter"];
	        this.header = source["header"];
	        this.key = source["key"];
	        this.match = source["match"];
	        this.candidates = source["candidates"];
	        this.note = source["note"];
	    }
	}
	export class Problem {
	    sheet: string;
	    cell?: string;
	    row?: number;
	    column: number;
	    key?: string;
	    label?: string;
	    value?: string;
	    code: string;
	    level: string;
	    message: string;
	    fix: string;
	
	    static createFrom(source: any = {}) {
	        return new Problem(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.sheet = source["sheet"];
	        this.cell = source["cell"];
	        this.row = source["row"];
	        this.column = source["column"];
	        this.key = source["key"];
	        this.label = source["label"];
	        this.value = source["value"];
	        this.code = source["code"];
	        this.level = source["level"];
	        this.message = source["message"];
	        this.fix = source["fix"];
	    }
	}
	export class Row {
	    number: number;
	    cells: string[];
	
	    static createFrom(source: any = {}) {
	        return new Row(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.number = source["number"];
	        this.cells = source["cells"];
	    }
	}
	export class RowPlan {
	    sheet: string;
	    row: number;
	    action: string;
	    reason?: string;
	    app_id?: string;
	    name: string;
	    values: FieldChange[];
	    set_pages?: boolean;
	    pages?: listing.Page[];
	    pages_before?: listing.Page[];
	
	    static createFrom(source: any = {}) {
	        return new RowPlan(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.sheet = source["sheet"];
	        this.row = source["row"];
	        this.action = source["action"];
	        this.reason = source["reason"];
	        this.app_id = source["app_id"];
	        this.name = source["name"];
	        this.values = this.convertValues(source["values"], FieldChange);
	        this.set_pages = source["set_pages"];
	        this.pages = this.convertValues(source["pages"], listing.Page);
	        this.pages_before = this.convertValues(source["pages_before"], listing.Page);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class Target {
	    key: string;
	    label: string;
	
	    static createFrom(source: any = {}) {
	        return new Target(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.key = source["key"];
	        this.label = source["label"];
	    }
	}

}

export namespace listing {
	
	export class Waiver {
	    rule: string;
	    field?: string;
	    by: string;
	    on: string;
	    reason: string;
	
	    static createFrom(source: any = {}) {
	        return new Waiver(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.rule = source["rule"];
	        this.field = source["field"];
	        this.by = source["by"];
	        this.on = source["on"];
	        this.reason = source["reason"];
	    }
	}
	export class Attestation {
	    rule: string;
	    about: string;
	    by: string;
	    on: string;
	    note?: string;
	
	    static createFrom(source: any = {}) {
	        return new Attestation(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.rule = source["rule"];
	        this.about = source["about"];
	        this.by = source["by"];
	        this.on = source["on"];
	        this.note = source["note"];
	    }
	}
	export class Attachment {
	    slot: string;
	    name: string;
	    size: number;
	    type: string;
	    sha256: string;
	    sm3: string;
	    added_by: string;
	    added_at: string;
	
	    static createFrom(source: any = {}) {
	        return new Attachment(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.slot = source["slot"];
	        this.name = source["name"];
	        this.size = source["size"];
	        this.type = source["type"];
	        this.sha256 = source["sha256"];
	        this.sm3 = source["sm3"];
	        this.added_by = source["added_by"];
	        this.added_at = source["added_at"];
	    }
	}
	export class Page {
	    page_id: string;
	    page_name: string;
	    page_url: string;
	
	    static createFrom(source: any = {}) {
	        return new Page(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.page_id = source["page_id"];
	        this.page_name = source["page_name"];
	        this.page_url = source["page_url"];
	    }
	}
	export class TrackingProof {
	    check_id?: string;
	    digest?: string;
	    report?: string;
	    at?: string;
	    by?: string;
	    seen?: string;
	    seen_at?: string;
	
	    static createFrom(source: any = {}) {
	        return new TrackingProof(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.check_id = source["check_id"];
	        this.digest = source["digest"];
	        this.report = source["report"];
	        this.at = source["at"];
	        this.by = source["by"];
	        this.seen = source["seen"];
	        this.seen_at = source["seen_at"];
	    }
	}
	export class PortalRow {
	    release_id?: string;
	    state?: string;
	    seen_at?: string;
	    seen_by?: string;
	    hosting_id?: string;
	    catalog_state?: string;
	    catalog_review?: string;
	
	    static createFrom(source: any = {}) {
	        return new PortalRow(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.release_id = source["release_id"];
	        this.state = source["state"];
	        this.seen_at = source["seen_at"];
	        this.seen_by = source["seen_by"];
	        this.hosting_id = source["hosting_id"];
	        this.catalog_state = source["catalog_state"];
	        this.catalog_review = source["catalog_review"];
	    }
	}
	export class App {
	    id: string;
	    archived: boolean;
	    created_at?: string;
	    updated_at?: string;
	    name: string;
	    kind: string;
	    identifier: string;
	    description: string;
	    responsible_name: string;
	    responsible_phone: string;
	    vendor_id: string;
	    catalog_state: string;
	    networks: string[];
	    domains: string[];
	    level: string;
	    unified: string;
	    mode: string;
	    basis: string[];
	    basis_other: string;
	    department: string;
	    administrator: string;
	    collaborative: string;
	    major_task: string;
	    core_business: string;
	    multi_cross: string;
	    systemic: string;
	    components: string[];
	    component_name: string;
	    egress_ips: string[];
	    usage_scope: string;
	    region: string;
	    callback_url: string;
	    applied_identifier: string;
	    release_name: string;
	    health_url: string;
	    developer_source: string;
	    contact_ids: string[];
	    process_region: string;
	    legacy_yida: string;
	    registration: string;
	    release_targets: string[];
	    release_type: string;
	    listing_contents: string[];
	    applicant_name: string;
	    applicant_phone: string;
	    test_environment: string;
	    test_account: string;
	    test_password: string;
	    test_data: string;
	    test_on_workbench: string;
	    login_free: string;
	    asks_password: string;
	    reauth_other_app: string;
	    mobile_url: string;
	    pc_url: string;
	    split_by_login: string;
	    api_bases: string[];
	    mini_version: string;
	    error_page_ready: string;
	    error_page_person: string;
	    error_page_phone: string;
	    app_key: string;
	    app_secret: string;
	    production_domain: string;
	    bid: string;
	    signkey: string;
	    sapp_id: string;
	    sapp_name: string;
	    released_version?: string;
	    retired?: boolean;
	    portal: PortalRow;
	    tracked: TrackingProof;
	    pages: Page[];
	    attachments: Record<string, Attachment>;
	    attestations: Attestation[];
	    waivers: Waiver[];
	
	    static createFrom(source: any = {}) {
	        return new App(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.archived = source["archived"];
	        this.created_at = source["created_at"];
	        this.updated_at = source["updated_at"];
	        this.name = source["name"];
	        this.kind = source["kind"];
	        this.identifier = source["identifier"];
	        this.description = source["description"];
	        this.responsible_name = source["responsible_name"];
	        this.responsible_phone = source["responsible_phone"];
	        this.vendor_id = source["vendor_id"];
	        this.catalog_state = source["catalog_state"];
	        this.networks = source["networks"];
	        this.domains = source["domains"];
	        this.level = source["level"];
	        this.unified = source["unified"];
	        this.mode = source["mode"];
	        this.basis = source["basis"];
	        this.basis_other = source["basis_other"];
	        this.department = source["department"];
	        this.administrator = source["administrator"];
	        this.collaborative = source["collaborative"];
	        this.major_task = source["major_task"];
	        this.core_business = source["core_business"];
	        this.multi_cross = source["multi_cross"];
	        this.systemic = source["systemic"];
	        this.components = source["components"];
	        this.component_name = source["component_name"];
	        this.egress_ips = source["egress_ips"];
	        this.usage_scope = source["usage_scope"];
	        this.region = source["region"];
	        this.callback_url = source["callback_url"];
	        this.applied_identifier = source["applied_identifier"];
	        this.release_name = source["release_name"];
	        this.health_url = source["health_url"];
	        this.developer_source = source["developer_source"];
	        this.contact_ids = source["contact_ids"];
	        this.process_region = source["process_region"];
	        this.legacy_yida = source["legacy_yida"];
	        this.registration = source["registration"];
	        this.release_targets = source["release_targets"];
	        this.release_type = source["release_type"];
	        this.listing_contents = source["listing_contents"];
	        this.applicant_name = source["applicant_name"];
	        this.applicant_phone = source["applicant_phone"];
	        this.test_environment = source["test_environment"];
	        this.test_account = source["test_account"];
	        this.test_password = source["test_password"];
	        this.test_data = source["test_data"];
	        this.test_on_workbench = source["test_on_workbench"];
	        this.login_free = source["login_free"];
	        this.asks_password = source["asks_password"];
	        this.reauth_other_app = source["reauth_other_app"];
	        this.mobile_url = source["mobile_url"];
	        this.pc_url = source["pc_url"];
	        this.split_by_login = source["split_by_login"];
	        this.api_bases = source["api_bases"];
	        this.mini_version = source["mini_version"];
	        this.error_page_ready = source["error_page_ready"];
	        this.error_page_person = source["error_page_person"];
	        this.error_page_phone = source["error_page_phone"];
	        this.app_key = source["app_key"];
	        this.app_secret = source["app_secret"];
	        this.production_domain = source["production_domain"];
	        this.bid = source["bid"];
	        this.signkey = source["signkey"];
	        this.sapp_id = source["sapp_id"];
	        this.sapp_name = source["sapp_name"];
	        this.released_version = source["released_version"];
	        this.retired = source["retired"];
	        this.portal = this.convertValues(source["portal"], PortalRow);
	        this.tracked = this.convertValues(source["tracked"], TrackingProof);
	        this.pages = this.convertValues(source["pages"], Page);
	        this.attachments = this.convertValues(source["attachments"], Attachment, true);
	        this.attestations = this.convertValues(source["attestations"], Attestation);
	        this.waivers = this.convertValues(source["waivers"], Waiver);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	
	
	export class Link {
	    kind: string;
	    id: string;
	
	    static createFrom(source: any = {}) {
	        return new Link(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.kind = source["kind"];
	        this.id = source["id"];
	    }
	}
	export class ChecklistNote {
	    id: string;
	    text: string;
	    links: Link[];
	    app_id?: string;
	    by: string;
	    on: string;
	
	    static createFrom(source: any = {}) {
	        return new ChecklistNote(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.text = source["text"];
	        this.links = this.convertValues(source["links"], Link);
	        this.app_id = source["app_id"];
	        this.by = source["by"];
	        this.on = source["on"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class CodeVersion {
	    id: string;
	    app_id: string;
	    version: string;
	    remark?: string;
	    file_name?: string;
	    sha256?: string;
	    size?: number;
	    compile?: string;
	    preview?: string;
	    online?: boolean;
	    updated_at?: string;
	    seen_at: string;
	    seen_by: string;
	    receipt_id?: string;
	
	    static createFrom(source: any = {}) {
	        return new CodeVersion(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.app_id = source["app_id"];
	        this.version = source["version"];
	        this.remark = source["remark"];
	        this.file_name = source["file_name"];
	        this.sha256 = source["sha256"];
	        this.size = source["size"];
	        this.compile = source["compile"];
	        this.preview = source["preview"];
	        this.online = source["online"];
	        this.updated_at = source["updated_at"];
	        this.seen_at = source["seen_at"];
	        this.seen_by = source["seen_by"];
	        this.receipt_id = source["receipt_id"];
	    }
	}
	export class Contact {
	    id: string;
	    name: string;
	    phone: string;
	    has_account: string;
	    personnel_type: string;
	    insured?: Attestation;
	
	    static createFrom(source: any = {}) {
	        return new Contact(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.name = source["name"];
	        this.phone = source["phone"];
	        this.has_account = source["has_account"];
	        this.personnel_type = source["personnel_type"];
	        this.insured = this.convertValues(source["insured"], Attestation);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class Finding {
	    rule: string;
	    code?: string;
	    level: string;
	    field?: string;
	    file?: string;
	    line?: number;
	    column?: number;
	    message: string;
	    effect?: string;
	    fix?: string;
	    excerpt?: string;
	    mark?: number;
	    mend?: string;
	    waiver?: Waiver;
	
	    static createFrom(source: any = {}) {
	        return new Finding(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.rule = source["rule"];
	        this.code = source["code"];
	        this.level = source["level"];
	        this.field = source["field"];
	        this.file = source["file"];
	        this.line = source["line"];
	        this.column = source["column"];
	        this.message = source["message"];
	        this.effect = source["effect"];
	        this.fix = source["fix"];
	        this.excerpt = source["excerpt"];
	        this.mark = source["mark"];
	        this.mend = source["mend"];
	        this.waiver = this.convertValues(source["waiver"], Waiver);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	
	export class PackagedFile {
	    name: string;
	    size: number;
	    sha256: string;
	    sm3: string;
	
	    static createFrom(source: any = {}) {
	        return new PackagedFile(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.name = source["name"];
	        this.size = source["size"];
	        this.sha256 = source["sha256"];
	        this.sm3 = source["sm3"];
	    }
	}
	export class PackageRecord {
	    id: string;
	    app_id: string;
	    number: number;
	    draft: boolean;
	    with_password: boolean;
	    made_at: string;
	    made_by: string;
	    file_name: string;
	    size: number;
	    sha256: string;
	    sm3: string;
	    flow_version: string;
	    rules_version: string;
	    files: PackagedFile[];
	    values: Record<string, string>;
	    blocking?: Finding[];
	    submitted_to?: string[];
	
	    static createFrom(source: any = {}) {
	        return new PackageRecord(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.app_id = source["app_id"];
	        this.number = source["number"];
	        this.draft = source["draft"];
	        this.with_password = source["with_password"];
	        this.made_at = source["made_at"];
	        this.made_by = source["made_by"];
	        this.file_name = source["file_name"];
	        this.size = source["size"];
	        this.sha256 = source["sha256"];
	        this.sm3 = source["sm3"];
	        this.flow_version = source["flow_version"];
	        this.rules_version = source["rules_version"];
	        this.files = this.convertValues(source["files"], PackagedFile);
	        this.values = source["values"];
	        this.blocking = this.convertValues(source["blocking"], Finding);
	        this.submitted_to = source["submitted_to"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	
	
	export class Person {
	    name: string;
	    phone: string;
	
	    static createFrom(source: any = {}) {
	        return new Person(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.name = source["name"];
	        this.phone = source["phone"];
	    }
	}
	
	export class Proof {
	    id: string;
	    task: string;
	    note?: string;
	    file?: Attachment;
	    by: string;
	    at: string;
	
	    static createFrom(source: any = {}) {
	        return new Proof(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.task = source["task"];
	        this.note = source["note"];
	        this.file = this.convertValues(source["file"], Attachment);
	        this.by = source["by"];
	        this.at = source["at"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class ReceiptPicture {
	    title: string;
	    sha256: string;
	    size: number;
	
	    static createFrom(source: any = {}) {
	        return new ReceiptPicture(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.title = source["title"];
	        this.sha256 = source["sha256"];
	        this.size = source["size"];
	    }
	}
	export class ReceiptField {
	    label: string;
	    asked: string;
	    shown: string;
	    ok: boolean;
	    message?: string;
	
	    static createFrom(source: any = {}) {
	        return new ReceiptField(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.label = source["label"];
	        this.asked = source["asked"];
	        this.shown = source["shown"];
	        this.ok = source["ok"];
	        this.message = source["message"];
	    }
	}
	export class Receipt {
	    id: string;
	    action_id: string;
	    app_id: string;
	    app_name: string;
	    kind: string;
	    kind_word: string;
	    component?: string;
	    portal: string;
	    url: string;
	    title: string;
	    at: string;
	    by: string;
	    outcome: string;
	    outcome_word: string;
	    notes: string[];
	    fields: ReceiptField[];
	    rows: any[];
	    pictures: ReceiptPicture[];
	    log?: string;
	    version?: string;
	    preview?: string;
	    state?: string;
	
	    static createFrom(source: any = {}) {
	        return new Receipt(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.action_id = source["action_id"];
	        this.app_id = source["app_id"];
	        this.app_name = source["app_name"];
	        this.kind = source["kind"];
	        this.kind_word = source["kind_word"];
	        this.component = source["component"];
	        this.portal = source["portal"];
	        this.url = source["url"];
	        this.title = source["title"];
	        this.at = source["at"];
	        this.by = source["by"];
	        this.outcome = source["outcome"];
	        this.outcome_word = source["outcome_word"];
	        this.notes = source["notes"];
	        this.fields = this.convertValues(source["fields"], ReceiptField);
	        this.rows = source["rows"];
	        this.pictures = this.convertValues(source["pictures"], ReceiptPicture);
	        this.log = source["log"];
	        this.version = source["version"];
	        this.preview = source["preview"];
	        this.state = source["state"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	
	
	export class SavedView {
	    id: string;
	    page: string;
	    name: string;
	    query: string;
	    by: string;
	
	    static createFrom(source: any = {}) {
	        return new SavedView(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.page = source["page"];
	        this.name = source["name"];
	        this.query = source["query"];
	        this.by = source["by"];
	    }
	}
	export class Settings {
	    id: string;
	    operator: string;
	    role: string;
	    addresses: Record<string, string>;
	    elsewhere: string;
	    check_networks: number;
	    browser: string;
	    pages: Record<string, string>;
	    templates: Record<string, Attachment>;
	    portal_unhosted: boolean;
	    takes_built_output: boolean;
	    refresh_minutes?: number;
	    updated_at?: string;
	
	    static createFrom(source: any = {}) {
	        return new Settings(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.operator = source["operator"];
	        this.role = source["role"];
	        this.addresses = source["addresses"];
	        this.elsewhere = source["elsewhere"];
	        this.check_networks = source["check_networks"];
	        this.browser = source["browser"];
	        this.pages = source["pages"];
	        this.templates = this.convertValues(source["templates"], Attachment, true);
	        this.portal_unhosted = source["portal_unhosted"];
	        this.takes_built_output = source["takes_built_output"];
	        this.refresh_minutes = source["refresh_minutes"];
	        this.updated_at = source["updated_at"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	
	export class Unit {
	    id: string;
	    name: string;
	    credit_code: string;
	    process_region: string;
	    region: string;
	    address_path: string;
	    department: string;
	    tenant_id: string;
	    catalog_account: Person;
	    department_admin: Person;
	    workbench_admin: Person;
	    regional_admin: Person;
	    regional_office?: string;
	    updated_at?: string;
	
	    static createFrom(source: any = {}) {
	        return new Unit(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.name = source["name"];
	        this.credit_code = source["credit_code"];
	        this.process_region = source["process_region"];
	        this.region = source["region"];
	        this.address_path = source["address_path"];
	        this.department = source["department"];
	        this.tenant_id = source["tenant_id"];
	        this.catalog_account = this.convertValues(source["catalog_account"], Person);
	        this.department_admin = this.convertValues(source["department_admin"], Person);
	        this.workbench_admin = this.convertValues(source["workbench_admin"], Person);
	        this.regional_admin = this.convertValues(source["regional_admin"], Person);
	        this.regional_office = source["regional_office"];
	        this.updated_at = source["updated_at"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class Vendor {
	    id: string;
	    name: string;
	    credit_code: string;
	    contacts: Contact[];
	    updated_at?: string;
	
	    static createFrom(source: any = {}) {
	        return new Vendor(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.name = source["name"];
	        this.credit_code = source["credit_code"];
	        this.contacts = this.convertValues(source["contacts"], Contact);
	        this.updated_at = source["updated_at"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}

}

export namespace livecheck {
	
	export class Choice {
	    id: string;
	    word: string;
	
	    static createFrom(source: any = {}) {
	        return new Choice(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.word = source["word"];
	    }
	}

}

export namespace material {
	
	export class Item {
	    id: string;
	    title: string;
	    file_name: string;
	    kind: string;
	    state: string;
	    state_word: string;
	    note: string;
	    missing: string[];
	    slot: string;
	    previewable: boolean;
	    own_template: boolean;
	
	    static createFrom(source: any = {}) {
	        return new Item(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.title = source["title"];
	        this.file_name = source["file_name"];
	        this.kind = source["kind"];
	        this.state = source["state"];
	        this.state_word = source["state_word"];
	        this.note = source["note"];
	        this.missing = source["missing"];
	        this.slot = source["slot"];
	        this.previewable = source["previewable"];
	        this.own_template = source["own_template"];
	    }
	}

}

export namespace procedure {
	
	export class FieldDiff {
	    field: string;
	    before: string;
	    after: string;
	
	    static createFrom(source: any = {}) {
	        return new FieldDiff(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.field = source["field"];
	        this.before = source["before"];
	        this.after = source["after"];
	    }
	}
	export class PortalState {
	    word: string;
	    known: boolean;
	    meaning: string;
	    turn: string;
	    turn_word: string;
	    tells: string;
	    buttons: string[];
	    listed: boolean;
	    mark: string;
	    mark_word: string;
	    next: string;
	    source: string;
	
	    static createFrom(source: any = {}) {
	        return new PortalState(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.word = source["word"];
	        this.known = source["known"];
	        this.meaning = source["meaning"];
	        this.turn = source["turn"];
	        this.turn_word = source["turn_word"];
	        this.tells = source["tells"];
	        this.buttons = source["buttons"];
	        this.listed = source["listed"];
	        this.mark = source["mark"];
	        this.mark_word = source["mark_word"];
	        this.next = source["next"];
	        this.source = source["source"];
	    }
	}
	export class Suggestion {
	    kind: string;
	    id: string;
	    title: string;
	    found: string[];
	
	    static createFrom(source: any = {}) {
	        return new Suggestion(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.kind = source["kind"];
	        this.id = source["id"];
	        this.title = source["title"];
	        this.found = source["found"];
	    }
	}
	export class TaskDiff {
	    task: string;
	    title: string;
	    kind: string;
	    kind_word: string;
	    fields: FieldDiff[];
	
	    static createFrom(source: any = {}) {
	        return new TaskDiff(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.task = source["task"];
	        this.title = source["title"];
	        this.kind = source["kind"];
	        this.kind_word = source["kind_word"];
	        this.fields = this.convertValues(source["fields"], FieldDiff);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}

}

export namespace report {
	
	export class TodoItem {
	    app_id: string;
	    app: string;
	    app_kind: string;
	    region: string;
	    case_id: string;
	    flow: string;
	    flow_name: string;
	    stage: string;
	    stage_name: string;
	    task: string;
	    title: string;
	    kind: string;
	    wait_id: string;
	    status: string;
	    status_word: string;
	    for: string;
	    party: string;
	    party_word: string;
	    who: string;
	    network_name: string;
	    not_before: string;
	    since: string;
	    days: number;
	    due: string;
	    remind: string;
	    overdue: boolean;
	    estimated: boolean;
	    day: number;
	    of: number;
	    message: string;
	
	    static createFrom(source: any = {}) {
	        return new TodoItem(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.app_id = source["app_id"];
	        this.app = source["app"];
	        this.app_kind = source["app_kind"];
	        this.region = source["region"];
	        this.case_id = source["case_id"];
	        this.flow = source["flow"];
	        this.flow_name = source["flow_name"];
	        this.stage = source["stage"];
	        this.stage_name = source["stage_name"];
	        this.task = source["task"];
	        this.title = source["title"];
	        this.kind = source["kind"];
	        this.wait_id = source["wait_id"];
	        this.status = source["status"];
	        this.status_word = source["status_word"];
	        this.for = source["for"];
	        this.party = source["party"];
	        this.party_word = source["party_word"];
	        this.who = source["who"];
	        this.network_name = source["network_name"];
	        this.not_before = source["not_before"];
	        this.since = source["since"];
	        this.days = source["days"];
	        this.due = source["due"];
	        this.remind = source["remind"];
	        this.overdue = source["overdue"];
	        this.estimated = source["estimated"];
	        this.day = source["day"];
	        this.of = source["of"];
	        this.message = source["message"];
	    }
	}
	export class AppProgress {
	    app_id: string;
	    name: string;
	    kind: string;
	    region: string;
	    vendor: string;
	    case_id: string;
	    flow: string;
	    flow_name: string;
	    started_at: string;
	    stage: string;
	    stage_name: string;
	    settled: number;
	    total: number;
	    status: string;
	    status_word: string;
	    next_task: string;
	    next_title: string;
	    party: string;
	    party_word: string;
	    who: string;
	    since: string;
	    days: number;
	    due: string;
	    overdue: boolean;
	    estimated: boolean;
	    message: string;
	    returns: number;
	    done: string[];
	    items: TodoItem[];
	
	    static createFrom(source: any = {}) {
	        return new AppProgress(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.app_id = source["app_id"];
	        this.name = source["name"];
	        this.kind = source["kind"];
	        this.region = source["region"];
	        this.vendor = source["vendor"];
	        this.case_id = source["case_id"];
	        this.flow = source["flow"];
	        this.flow_name = source["flow_name"];
	        this.started_at = source["started_at"];
	        this.stage = source["stage"];
	        this.stage_name = source["stage_name"];
	        this.settled = source["settled"];
	        this.total = source["total"];
	        this.status = source["status"];
	        this.status_word = source["status_word"];
	        this.next_task = source["next_task"];
	        this.next_title = source["next_title"];
	        this.party = source["party"];
	        this.party_word = source["party_word"];
	        this.who = source["who"];
	        this.since = source["since"];
	        this.days = source["days"];
	        this.due = source["due"];
	        this.overdue = source["overdue"];
	        this.estimated = source["estimated"];
	        this.message = source["message"];
	        this.returns = source["returns"];
	        this.done = source["done"];
	        this.items = this.convertValues(source["items"], TodoItem);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class Event {
	    kind: string;
	    at: string;
	    app_id: string;
	    app: string;
	    case_id: string;
	    flow_name: string;
	    seq: number;
	    task: string;
	    title: string;
	    act: string;
	    word: string;
	    by: string;
	    reason: string;
	    undone: boolean;
	
	    static createFrom(source: any = {}) {
	        return new Event(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.kind = source["kind"];
	        this.at = source["at"];
	        this.app_id = source["app_id"];
	        this.app = source["app"];
	        this.case_id = source["case_id"];
	        this.flow_name = source["flow_name"];
	        this.seq = source["seq"];
	        this.task = source["task"];
	        this.title = source["title"];
	        this.act = source["act"];
	        this.word = source["word"];
	        this.by = source["by"];
	        this.reason = source["reason"];
	        this.undone = source["undone"];
	    }
	}
	export class Happened {
	    started: number;
	    closed: number;
	    submitted: number;
	    passed: number;
	    returned: number;
	    confirmed: number;
	
	    static createFrom(source: any = {}) {
	        return new Happened(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.started = source["started"];
	        this.closed = source["closed"];
	        this.submitted = source["submitted"];
	        this.passed = source["passed"];
	        this.returned = source["returned"];
	        this.confirmed = source["confirmed"];
	    }
	}
	export class Load {
	    id: string;
	    word: string;
	    count: number;
	    apps: number;
	    overdue: number;
	    longest: number;
	    median: number;
	    returned: number;
	    items: TodoItem[];
	
	    static createFrom(source: any = {}) {
	        return new Load(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.word = source["word"];
	        this.count = source["count"];
	        this.apps = source["apps"];
	        this.overdue = source["overdue"];
	        this.longest = source["longest"];
	        this.median = source["median"];
	        this.returned = source["returned"];
	        this.items = this.convertValues(source["items"], TodoItem);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class WeekCount {
	    from: string;
	    to: string;
	    started: number;
	    closed: number;
	    submitted: number;
	    passed: number;
	    returned: number;
	    confirmed: number;
	
	    static createFrom(source: any = {}) {
	        return new WeekCount(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.from = source["from"];
	        this.to = source["to"];
	        this.started = source["started"];
	        this.closed = source["closed"];
	        this.submitted = source["submitted"];
	        this.passed = source["passed"];
	        this.returned = source["returned"];
	        this.confirmed = source["confirmed"];
	    }
	}
	export class Standing {
	    apps: number;
	    idle: number;
	    active: number;
	    settled: number;
	    running: number;
	    returned: number;
	    overdue: number;
	
	    static createFrom(source: any = {}) {
	        return new Standing(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.apps = source["apps"];
	        this.idle = source["idle"];
	        this.active = source["active"];
	        this.settled = source["settled"];
	        this.running = source["running"];
	        this.returned = source["returned"];
	        this.overdue = source["overdue"];
	    }
	}
	export class Progress {
	    title: string;
	    unit: string;
	    from: string;
	    to: string;
	    as_of: string;
	    summary: string[];
	    standing: Standing;
	    happened: Happened;
	    weeks: WeekCount[];
	    apps: AppProgress[];
	    loads: Load[];
	    events: Event[];
	    estimated: boolean;
	
	    static createFrom(source: any = {}) {
	        return new Progress(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.title = source["title"];
	        this.unit = source["unit"];
	        this.from = source["from"];
	        this.to = source["to"];
	        this.as_of = source["as_of"];
	        this.summary = source["summary"];
	        this.standing = this.convertValues(source["standing"], Standing);
	        this.happened = this.convertValues(source["happened"], Happened);
	        this.weeks = this.convertValues(source["weeks"], WeekCount);
	        this.apps = this.convertValues(source["apps"], AppProgress);
	        this.loads = this.convertValues(source["loads"], Load);
	        this.events = this.convertValues(source["events"], Event);
	        this.estimated = source["estimated"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	
	

}

export namespace service {
	
	export class ActRequest {
	    app_id: string;
	    case_id: string;
	    task: string;
	    act: string;
	    reason: string;
	    note: string;
	    uploads: string[];
	    reopens: string[];
	    links: listing.Link[];
	
	    static createFrom(source: any = {}) {
	        return new ActRequest(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.app_id = source["app_id"];
	        this.case_id = source["case_id"];
	        this.task = source["task"];
	        this.act = source["act"];
	        this.reason = source["reason"];
	        this.note = source["note"];
	        this.uploads = source["uploads"];
	        this.reopens = source["reopens"];
	        this.links = this.convertValues(source["links"], listing.Link);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class AddressInfo {
	    key: string;
	    title: string;
	    network: string;
	    url: string;
	    default_url: string;
	    changed: boolean;
	
	    static createFrom(source: any = {}) {
	        return new AddressInfo(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.key = source["key"];
	        this.title = source["title"];
	        this.network = source["network"];
	        this.url = source["url"];
	        this.default_url = source["default_url"];
	        this.changed = source["changed"];
	    }
	}
	export class AddressState {
	    key: string;
	    title: string;
	    url: string;
	    state: string;
	    word: string;
	    at: string;
	    millis: number;
	
	    static createFrom(source: any = {}) {
	        return new AddressState(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.key = source["key"];
	        this.title = source["title"];
	        this.url = source["url"];
	        this.state = source["state"];
	        this.word = source["word"];
	        this.at = source["at"];
	        this.millis = source["millis"];
	    }
	}
	export class AppSummary {
	    id: string;
	    name: string;
	    kind: string;
	    identifier: string;
	    archived: boolean;
	    vendor_name: string;
	    region: string;
	    started: boolean;
	    stage: string;
	    stage_name: string;
	    stage_step: number;
	    status: string;
	    status_word: string;
	    next_task: string;
	    next_title: string;
	    message: string;
	    party: string;
	    party_word: string;
	    waiting_days: number;
	    settled: number;
	    total: number;
	    errors: number;
	    warnings: number;
	    undecided: number;
	    updated_at: string;
	
	    static createFrom(source: any = {}) {
	        return new AppSummary(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.name = source["name"];
	        this.kind = source["kind"];
	        this.identifier = source["identifier"];
	        this.archived = source["archived"];
	        this.vendor_name = source["vendor_name"];
	        this.region = source["region"];
	        this.started = source["started"];
	        this.stage = source["stage"];
	        this.stage_name = source["stage_name"];
	        this.stage_step = source["stage_step"];
	        this.status = source["status"];
	        this.status_word = source["status_word"];
	        this.next_task = source["next_task"];
	        this.next_title = source["next_title"];
	        this.message = source["message"];
	        this.party = source["party"];
	        this.party_word = source["party_word"];
	        this.waiting_days = source["waiting_days"];
	        this.settled = source["settled"];
	        this.total = source["total"];
	        this.errors = source["errors"];
	        this.warnings = source["warnings"];
	        this.undecided = source["undecided"];
	        this.updated_at = source["updated_at"];
	    }
	}
	export class AppView {
	    app: listing.App;
	    vendor?: listing.Vendor;
	    unit: listing.Unit;
	    completeness: forms.Completeness[];
	
	    static createFrom(source: any = {}) {
	        return new AppView(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.app = this.convertValues(source["app"], listing.App);
	        this.vendor = this.convertValues(source["vendor"], listing.Vendor);
	        this.unit = this.convertValues(source["unit"], listing.Unit);
	        this.completeness = this.convertValues(source["completeness"], forms.Completeness);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class BeginRequest {
	    app_id: string;
	    flow: string;
	    inputs: Record<string, string>;
	
	    static createFrom(source: any = {}) {
	        return new BeginRequest(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.app_id = source["app_id"];
	        this.flow = source["flow"];
	        this.inputs = source["inputs"];
	    }
	}
	export class BulkApp {
	    id: string;
	    name: string;
	
	    static createFrom(source: any = {}) {
	        return new BulkApp(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.name = source["name"];
	    }
	}
	export class BulkArchiveRequest {
	    ids: string[];
	    archived: boolean;
	    dry_run: boolean;
	
	    static createFrom(source: any = {}) {
	        return new BulkArchiveRequest(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.ids = source["ids"];
	        this.archived = source["archived"];
	        this.dry_run = source["dry_run"];
	    }
	}
	export class FieldValue {
	    key: string;
	    values: string[];
	
	    static createFrom(source: any = {}) {
	        return new FieldValue(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.key = source["key"];
	        this.values = source["values"];
	    }
	}
	export class BulkRequest {
	    ids: string[];
	    values: FieldValue[];
	    dry_run: boolean;
	
	    static createFrom(source: any = {}) {
	        return new BulkRequest(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.ids = source["ids"];
	        this.values = this.convertValues(source["values"], FieldValue);
	        this.dry_run = source["dry_run"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class BulkResult {
	    changed: BulkApp[];
	    unchanged: number;
	    snapshot: string;
	
	    static createFrom(source: any = {}) {
	        return new BulkResult(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.changed = this.convertValues(source["changed"], BulkApp);
	        this.unchanged = source["unchanged"];
	        this.snapshot = source["snapshot"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class CalendarYear {
	    year: number;
	    source: string;
	    date: string;
	    own: boolean;
	    imported_by: string;
	    imported_at: string;
	    sha256: string;
	
	    static createFrom(source: any = {}) {
	        return new CalendarYear(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.year = source["year"];
	        this.source = source["source"];
	        this.date = source["date"];
	        this.own = source["own"];
	        this.imported_by = source["imported_by"];
	        this.imported_at = source["imported_at"];
	        this.sha256 = source["sha256"];
	    }
	}
	export class CaptureRequest {
	    app_id: string;
	    uploads: string[];
	    text: string;
	    job: string;
	
	    static createFrom(source: any = {}) {
	        return new CaptureRequest(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.app_id = source["app_id"];
	        this.uploads = source["uploads"];
	        this.text = source["text"];
	        this.job = source["job"];
	    }
	}
	export class CaseSummary {
	    id: string;
	    app_id: string;
	    app_name: string;
	    flow: string;
	    flow_name: string;
	    flow_version: string;
	    started_at: string;
	    finished: boolean;
	    closed_at: string;
	    settled: number;
	    total: number;
	    message: string;
	
	    static createFrom(source: any = {}) {
	        return new CaseSummary(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.app_id = source["app_id"];
	        this.app_name = source["app_name"];
	        this.flow = source["flow"];
	        this.flow_name = source["flow_name"];
	        this.flow_version = source["flow_version"];
	        this.started_at = source["started_at"];
	        this.finished = source["finished"];
	        this.closed_at = source["closed_at"];
	        this.settled = source["settled"];
	        this.total = source["total"];
	        this.message = source["message"];
	    }
	}
	export class GreyedButton {
	    button: string;
	    why: string;
	
	    static createFrom(source: any = {}) {
	        return new GreyedButton(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.button = source["button"];
	        this.why = source["why"];
	    }
	}
	export class PortalView {
	    row: listing.PortalRow;
	    state: procedure.PortalState;
	    expected: string[];
	    notice: string;
	    greyed: GreyedButton[];
	
	    static createFrom(source: any = {}) {
	        return new PortalView(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.row = this.convertValues(source["row"], listing.PortalRow);
	        this.state = this.convertValues(source["state"], procedure.PortalState);
	        this.expected = source["expected"];
	        this.notice = source["notice"];
	        this.greyed = this.convertValues(source["greyed"], GreyedButton);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class PlaceInfo {
	    key: string;
	    title: string;
	    url: string;
	    path: string;
	
	    static createFrom(source: any = {}) {
	        return new PlaceInfo(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.key = source["key"];
	        this.title = source["title"];
	        this.url = source["url"];
	        this.path = source["path"];
	    }
	}
	export class TaskPlaces {
	    task: string;
	    places: PlaceInfo[];
	
	    static createFrom(source: any = {}) {
	        return new TaskPlaces(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.task = source["task"];
	        this.places = this.convertValues(source["places"], PlaceInfo);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class CaseView {
	    case_id: string;
	    app_id: string;
	    flow: string;
	    flow_name: string;
	    flow_version: string;
	    flow_source: string;
	    flow_checked: string;
	    started_at: string;
	    started_by: string;
	    closed_at: string;
	    finished: boolean;
	    settled: number;
	    total: number;
	    stages: procedure.StageView[];
	    tasks: procedure.TaskView[];
	    // Go type: procedure
	    next: any;
	    waits: procedure.Wait[];
	    notices: string[];
	    inputs: procedure.InputView[];
	    effects: procedure.Effect[];
	    moves: listing.Move[];
	    started: boolean;
	    app_name: string;
	    kind: string;
	    proofs: listing.Proof[];
	    places: TaskPlaces[];
	    portal: PortalView;
	    newer_version: string;
	
	    static createFrom(source: any = {}) {
	        return new CaseView(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.case_id = source["case_id"];
	        this.app_id = source["app_id"];
	        this.flow = source["flow"];
	        this.flow_name = source["flow_name"];
	        this.flow_version = source["flow_version"];
	        this.flow_source = source["flow_source"];
	        this.flow_checked = source["flow_checked"];
	        this.started_at = source["started_at"];
	        this.started_by = source["started_by"];
	        this.closed_at = source["closed_at"];
	        this.finished = source["finished"];
	        this.settled = source["settled"];
	        this.total = source["total"];
	        this.stages = this.convertValues(source["stages"], procedure.StageView);
	        this.tasks = this.convertValues(source["tasks"], procedure.TaskView);
	        this.next = this.convertValues(source["next"], null);
	        this.waits = this.convertValues(source["waits"], procedure.Wait);
	        this.notices = source["notices"];
	        this.inputs = this.convertValues(source["inputs"], procedure.InputView);
	        this.effects = this.convertValues(source["effects"], procedure.Effect);
	        this.moves = this.convertValues(source["moves"], listing.Move);
	        this.started = source["started"];
	        this.app_name = source["app_name"];
	        this.kind = source["kind"];
	        this.proofs = this.convertValues(source["proofs"], listing.Proof);
	        this.places = this.convertValues(source["places"], TaskPlaces);
	        this.portal = this.convertValues(source["portal"], PortalView);
	        this.newer_version = source["newer_version"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class WordList {
	    name: string;
	    words: string[];
	    assumed: string[];
	
	    static createFrom(source: any = {}) {
	        return new WordList(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.name = source["name"];
	        this.words = source["words"];
	        this.assumed = source["assumed"];
	    }
	}
	export class FieldInfo {
	    key: string;
	    subject?: string;
	    label: string;
	    type: string;
	    options?: string;
	    free?: boolean;
	    required?: boolean;
	    // Go type: forms
	    required_when?: any;
	    mini?: boolean;
	    max?: number;
	    slot?: string;
	    sample?: string;
	    help?: string;
	    used_by: string[];
	
	    static createFrom(source: any = {}) {
	        return new FieldInfo(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.key = source["key"];
	        this.subject = source["subject"];
	        this.label = source["label"];
	        this.type = source["type"];
	        this.options = source["options"];
	        this.free = source["free"];
	        this.required = source["required"];
	        this.required_when = this.convertValues(source["required_when"], null);
	        this.mini = source["mini"];
	        this.max = source["max"];
	        this.slot = source["slot"];
	        this.sample = source["sample"];
	        this.help = source["help"];
	        this.used_by = source["used_by"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class CatalogueView {
	    version: string;
	    subjects: forms.Subject[];
	    fields: FieldInfo[];
	    lists: WordList[];
	    forms: forms.Form[];
	    slots: forms.Slot[];
	    addresses: AddressInfo[];
	
	    static createFrom(source: any = {}) {
	        return new CatalogueView(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.version = source["version"];
	        this.subjects = this.convertValues(source["subjects"], forms.Subject);
	        this.fields = this.convertValues(source["fields"], FieldInfo);
	        this.lists = this.convertValues(source["lists"], WordList);
	        this.forms = this.convertValues(source["forms"], forms.Form);
	        this.slots = this.convertValues(source["slots"], forms.Slot);
	        this.addresses = this.convertValues(source["addresses"], AddressInfo);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class CheckBrief {
	    id: string;
	    at: string;
	    by: string;
	    kind: string;
	    kind_word: string;
	    target: string;
	    passed: boolean;
	    errors: number;
	    pages: number;
	    good: number;
	    proves: boolean;
	    stale: boolean;
	
	    static createFrom(source: any = {}) {
	        return new CheckBrief(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.at = source["at"];
	        this.by = source["by"];
	        this.kind = source["kind"];
	        this.kind_word = source["kind_word"];
	        this.target = source["target"];
	        this.passed = source["passed"];
	        this.errors = source["errors"];
	        this.pages = source["pages"];
	        this.good = source["good"];
	        this.proves = source["proves"];
	        this.stale = source["stale"];
	    }
	}
	export class RuleInfo {
	    id: string;
	    title: string;
	    why: string;
	    fix: string;
	    source: string;
	
	    static createFrom(source: any = {}) {
	        return new RuleInfo(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.title = source["title"];
	        this.why = source["why"];
	        this.fix = source["fix"];
	        this.source = source["source"];
	    }
	}
	export class CheckReport {
	    app: string;
	    app_name: string;
	    findings: listing.Finding[];
	    passed: boolean;
	    errors: number;
	    warnings: number;
	    undecided: number;
	    checked: string[];
	    rules_version: string;
	    rules: RuleInfo[];
	    blocking: listing.Finding[];
	
	    static createFrom(source: any = {}) {
	        return new CheckReport(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.app = source["app"];
	        this.app_name = source["app_name"];
	        this.findings = this.convertValues(source["findings"], listing.Finding);
	        this.passed = source["passed"];
	        this.errors = source["errors"];
	        this.warnings = source["warnings"];
	        this.undecided = source["undecided"];
	        this.checked = source["checked"];
	        this.rules_version = source["rules_version"];
	        this.rules = this.convertValues(source["rules"], RuleInfo);
	        this.blocking = this.convertValues(source["blocking"], listing.Finding);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class CheckView {
	    id: string;
	    app_id: string;
	    at: string;
	    by: string;
	    digest: string;
	    proves: boolean;
	    stale: boolean;
	    why_not: string;
	    result: tracking.Result;
	
	    static createFrom(source: any = {}) {
	        return new CheckView(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.app_id = source["app_id"];
	        this.at = source["at"];
	        this.by = source["by"];
	        this.digest = source["digest"];
	        this.proves = source["proves"];
	        this.stale = source["stale"];
	        this.why_not = source["why_not"];
	        this.result = this.convertValues(source["result"], tracking.Result);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class CodeRequest {
	    app_id: string;
	    uploads: string[];
	    path: string;
	    job: string;
	
	    static createFrom(source: any = {}) {
	        return new CodeRequest(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.app_id = source["app_id"];
	        this.uploads = source["uploads"];
	        this.path = source["path"];
	        this.job = source["job"];
	    }
	}
	export class Count {
	    id: string;
	    title: string;
	    count: number;
	
	    static createFrom(source: any = {}) {
	        return new Count(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.title = source["title"];
	        this.count = source["count"];
	    }
	}
	export class DueItem {
	    app_id: string;
	    app_name: string;
	    task: string;
	    title: string;
	    wait_id: string;
	    name: string;
	    kind: string;
	    party: string;
	    actor_name: string;
	    since: string;
	    received: string;
	    due: string;
	    remind: string;
	    days_total: number;
	    day: number;
	    left: number;
	    overdue: boolean;
	    estimated: boolean;
	    unknown: boolean;
	    assumed: boolean;
	    progress: string;
	    call_name: string;
	    call_party: string;
	    call: string;
	    message: string;
	    source: string;
	
	    static createFrom(source: any = {}) {
	        return new DueItem(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.app_id = source["app_id"];
	        this.app_name = source["app_name"];
	        this.task = source["task"];
	        this.title = source["title"];
	        this.wait_id = source["wait_id"];
	        this.name = source["name"];
	        this.kind = source["kind"];
	        this.party = source["party"];
	        this.actor_name = source["actor_name"];
	        this.since = source["since"];
	        this.received = source["received"];
	        this.due = source["due"];
	        this.remind = source["remind"];
	        this.days_total = source["days_total"];
	        this.day = source["day"];
	        this.left = source["left"];
	        this.overdue = source["overdue"];
	        this.estimated = source["estimated"];
	        this.unknown = source["unknown"];
	        this.assumed = source["assumed"];
	        this.progress = source["progress"];
	        this.call_name = source["call_name"];
	        this.call_party = source["call_party"];
	        this.call = source["call"];
	        this.message = source["message"];
	        this.source = source["source"];
	    }
	}
	export class FactsBlock {
	    id: string;
	    title: string;
	    source: string;
	    checked: string;
	
	    static createFrom(source: any = {}) {
	        return new FactsBlock(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.title = source["title"];
	        this.source = source["source"];
	        this.checked = source["checked"];
	    }
	}
	export class FactsView {
	    version: string;
	    own: boolean;
	    embedded_version: string;
	    blocks: FactsBlock[];
	    file_name: string;
	    imported_by: string;
	    imported_at: string;
	    sha256: string;
	    unused: string;
	
	    static createFrom(source: any = {}) {
	        return new FactsView(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.version = source["version"];
	        this.own = source["own"];
	        this.embedded_version = source["embedded_version"];
	        this.blocks = this.convertValues(source["blocks"], FactsBlock);
	        this.file_name = source["file_name"];
	        this.imported_by = source["imported_by"];
	        this.imported_at = source["imported_at"];
	        this.sha256 = source["sha256"];
	        this.unused = source["unused"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class FieldChange {
	    key: string;
	    label: string;
	    before: string;
	    after: string;
	
	    static createFrom(source: any = {}) {
	        return new FieldChange(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.key = source["key"];
	        this.label = source["label"];
	        this.before = source["before"];
	        this.after = source["after"];
	    }
	}
	
	
	export class FlowWait {
	    id: string;
	    name: string;
	    task: string;
	    text: string;
	    source: string;
	
	    static createFrom(source: any = {}) {
	        return new FlowWait(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.name = source["name"];
	        this.task = source["task"];
	        this.text = source["text"];
	        this.source = source["source"];
	    }
	}
	export class FlowTask {
	    id: string;
	    title: string;
	    why: string;
	    actor_name: string;
	    party_word: string;
	    reviewer_name: string;
	    network_name: string;
	    takes: string;
	    needs: string[];
	    only: string;
	    sources: string[];
	
	    static createFrom(source: any = {}) {
	        return new FlowTask(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.title = source["title"];
	        this.why = source["why"];
	        this.actor_name = source["actor_name"];
	        this.party_word = source["party_word"];
	        this.reviewer_name = source["reviewer_name"];
	        this.network_name = source["network_name"];
	        this.takes = source["takes"];
	        this.needs = source["needs"];
	        this.only = source["only"];
	        this.sources = source["sources"];
	    }
	}
	export class FlowStage {
	    id: string;
	    step: number;
	    name: string;
	    summary: string;
	    tasks: FlowTask[];
	
	    static createFrom(source: any = {}) {
	        return new FlowStage(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.step = source["step"];
	        this.name = source["name"];
	        this.summary = source["summary"];
	        this.tasks = this.convertValues(source["tasks"], FlowTask);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class FlowInfo {
	    id: string;
	    name: string;
	    version: string;
	    purpose: string;
	    source: string;
	    checked: string;
	    kinds: string[];
	    tasks: number;
	    inputs: procedure.InputView[];
	    any_input: boolean;
	    requires: string[];
	    excludes: string[];
	    own: boolean;
	    latest: boolean;
	    running: number;
	    file_name: string;
	    imported_by: string;
	    imported_at: string;
	    sha256: string;
	
	    static createFrom(source: any = {}) {
	        return new FlowInfo(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.name = source["name"];
	        this.version = source["version"];
	        this.purpose = source["purpose"];
	        this.source = source["source"];
	        this.checked = source["checked"];
	        this.kinds = source["kinds"];
	        this.tasks = source["tasks"];
	        this.inputs = this.convertValues(source["inputs"], procedure.InputView);
	        this.any_input = source["any_input"];
	        this.requires = source["requires"];
	        this.excludes = source["excludes"];
	        this.own = source["own"];
	        this.latest = source["latest"];
	        this.running = source["running"];
	        this.file_name = source["file_name"];
	        this.imported_by = source["imported_by"];
	        this.imported_at = source["imported_at"];
	        this.sha256 = source["sha256"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class FlowDetail {
	    info: FlowInfo;
	    stages: FlowStage[];
	    waits: FlowWait[];
	
	    static createFrom(source: any = {}) {
	        return new FlowDetail(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.info = this.convertValues(source["info"], FlowInfo);
	        this.stages = this.convertValues(source["stages"], FlowStage);
	        this.waits = this.convertValues(source["waits"], FlowWait);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	
	export class FlowOffer {
	    id: string;
	    name: string;
	    version: string;
	    purpose: string;
	    source: string;
	    checked: string;
	    kinds: string[];
	    tasks: number;
	    inputs: procedure.InputView[];
	    any_input: boolean;
	    requires: string[];
	    excludes: string[];
	    allowed: boolean;
	    reason: string;
	    hint: string;
	    case_id: string;
	
	    static createFrom(source: any = {}) {
	        return new FlowOffer(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.name = source["name"];
	        this.version = source["version"];
	        this.purpose = source["purpose"];
	        this.source = source["source"];
	        this.checked = source["checked"];
	        this.kinds = source["kinds"];
	        this.tasks = source["tasks"];
	        this.inputs = this.convertValues(source["inputs"], procedure.InputView);
	        this.any_input = source["any_input"];
	        this.requires = source["requires"];
	        this.excludes = source["excludes"];
	        this.allowed = source["allowed"];
	        this.reason = source["reason"];
	        this.hint = source["hint"];
	        this.case_id = source["case_id"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	
	
	
	
	export class Hit {
	    kind: string;
	    kind_word: string;
	    title: string;
	    note: string;
	    app_id: string;
	    task: string;
	    rule: string;
	    field: string;
	    seq: number;
	
	    static createFrom(source: any = {}) {
	        return new Hit(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.kind = source["kind"];
	        this.kind_word = source["kind_word"];
	        this.title = source["title"];
	        this.note = source["note"];
	        this.app_id = source["app_id"];
	        this.task = source["task"];
	        this.rule = source["rule"];
	        this.field = source["field"];
	        this.seq = source["seq"];
	    }
	}
	export class ImportFile {
	    name: string;
	    size: number;
	    slot: string;
	    slot_title: string;
	
	    static createFrom(source: any = {}) {
	        return new ImportFile(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.name = source["name"];
	        this.size = source["size"];
	        this.slot = source["slot"];
	        this.slot_title = source["slot_title"];
	    }
	}
	export class ImportRequest {
	    upload: string;
	    sheet: string;
	    mapping: intake.MappedColumn[];
	    skip_errors: boolean;
	    job: string;
	
	    static createFrom(source: any = {}) {
	        return new ImportRequest(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.upload = source["upload"];
	        this.sheet = source["sheet"];
	        this.mapping = this.convertValues(source["mapping"], intake.MappedColumn);
	        this.skip_errors = source["skip_errors"];
	        this.job = source["job"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class ImportedApp {
	    id: string;
	    name: string;
	    action: string;
	
	    static createFrom(source: any = {}) {
	        return new ImportedApp(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.name = source["name"];
	        this.action = source["action"];
	    }
	}
	export class ImportResult {
	    written: boolean;
	    added: number;
	    updated: number;
	    skipped: number;
	    apps: ImportedApp[];
	    snapshot: string;
	    counts: intake.Counts;
	    problems: intake.Problem[];
	
	    static createFrom(source: any = {}) {
	        return new ImportResult(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.written = source["written"];
	        this.added = source["added"];
	        this.updated = source["updated"];
	        this.skipped = source["skipped"];
	        this.apps = this.convertValues(source["apps"], ImportedApp);
	        this.snapshot = source["snapshot"];
	        this.counts = this.convertValues(source["counts"], intake.Counts);
	        this.problems = this.convertValues(source["problems"], intake.Problem);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class ImportView {
	    source: string;
	    sheet: string;
	    sheets: string[];
	    header: number;
	    columns: intake.Column[];
	    mapping: intake.MappedColumn[];
	    targets: intake.Target[];
	    sample: intake.Row[];
	    rows: intake.RowPlan[];
	    problems: intake.Problem[];
	    counts: intake.Counts;
	    files: ImportFile[];
	    notice: string;
	
	    static createFrom(source: any = {}) {
	        return new ImportView(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.source = source["source"];
	        this.sheet = source["sheet"];
	        this.sheets = source["sheets"];
	        this.header = source["header"];
	        this.columns = this.convertValues(source["columns"], intake.Column);
	        this.mapping = this.convertValues(source["mapping"], intake.MappedColumn);
	        this.targets = this.convertValues(source["targets"], intake.Target);
	        this.sample = this.convertValues(source["sample"], intake.Row);
	        this.rows = this.convertValues(source["rows"], intake.RowPlan);
	        this.problems = this.convertValues(source["problems"], intake.Problem);
	        this.counts = this.convertValues(source["counts"], intake.Counts);
	        this.files = this.convertValues(source["files"], ImportFile);
	        this.notice = source["notice"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	
	export class Info {
	    version: string;
	    data_dir: string;
	    first_run: boolean;
	    role: string;
	    operator: string;
	    unit_name: string;
	    face: string;
	    network: string;
	    today: string;
	    clock_behind: string;
	
	    static createFrom(source: any = {}) {
	        return new Info(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.version = source["version"];
	        this.data_dir = source["data_dir"];
	        this.first_run = source["first_run"];
	        this.role = source["role"];
	        this.operator = source["operator"];
	        this.unit_name = source["unit_name"];
	        this.face = source["face"];
	        this.network = source["network"];
	        this.today = source["today"];
	        this.clock_behind = source["clock_behind"];
	    }
	}
	export class JobView {
	    running: boolean;
	    done: number;
	    total: number;
	    word: string;
	
	    static createFrom(source: any = {}) {
	        return new JobView(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.running = source["running"];
	        this.done = source["done"];
	        this.total = source["total"];
	        this.word = source["word"];
	    }
	}
	export class JournalLine {
	    seq: number;
	    at: string;
	    by: string;
	    what: string;
	    kind: string;
	    kind_word: string;
	    id: string;
	    sm3: string;
	    changes: FieldChange[];
	
	    static createFrom(source: any = {}) {
	        return new JournalLine(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.seq = source["seq"];
	        this.at = source["at"];
	        this.by = source["by"];
	        this.what = source["what"];
	        this.kind = source["kind"];
	        this.kind_word = source["kind_word"];
	        this.id = source["id"];
	        this.sm3 = source["sm3"];
	        this.changes = this.convertValues(source["changes"], FieldChange);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class JournalPage {
	    lines: JournalLine[];
	    more: boolean;
	    next: number;
	
	    static createFrom(source: any = {}) {
	        return new JournalPage(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.lines = this.convertValues(source["lines"], JournalLine);
	        this.more = source["more"];
	        this.next = source["next"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class JournalRequest {
	    app_id: string;
	    before: number;
	    limit: number;
	
	    static createFrom(source: any = {}) {
	        return new JournalRequest(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.app_id = source["app_id"];
	        this.before = source["before"];
	        this.limit = source["limit"];
	    }
	}
	export class LiveOptions {
	    devices: livecheck.Choice[];
	    logins: livecheck.Choice[];
	
	    static createFrom(source: any = {}) {
	        return new LiveOptions(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.devices = this.convertValues(source["devices"], livecheck.Choice);
	        this.logins = this.convertValues(source["logins"], livecheck.Choice);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class LiveRequest {
	    app_id: string;
	    address: string;
	    uploads: string[];
	    path: string;
	    devices: string[];
	    logins: string[];
	    reply: string;
	    visible: boolean;
	    real_network: boolean;
	    job: string;
	
	    static createFrom(source: any = {}) {
	        return new LiveRequest(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.app_id = source["app_id"];
	        this.address = source["address"];
	        this.uploads = source["uploads"];
	        this.path = source["path"];
	        this.devices = source["devices"];
	        this.logins = source["logins"];
	        this.reply = source["reply"];
	        this.visible = source["visible"];
	        this.real_network = source["real_network"];
	        this.job = source["job"];
	    }
	}
	export class MakeRequest {
	    app_id: string;
	    draft: boolean;
	    with_password: boolean;
	    job: string;
	
	    static createFrom(source: any = {}) {
	        return new MakeRequest(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.app_id = source["app_id"];
	        this.draft = source["draft"];
	        this.with_password = source["with_password"];
	        this.job = source["job"];
	    }
	}
	export class MoveView {
	    case_id: string;
	    flow: string;
	    from: string;
	    to: string;
	    diff: procedure.TaskDiff[];
	    notices: string[];
	
	    static createFrom(source: any = {}) {
	        return new MoveView(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.case_id = source["case_id"];
	        this.flow = source["flow"];
	        this.from = source["from"];
	        this.to = source["to"];
	        this.diff = this.convertValues(source["diff"], procedure.TaskDiff);
	        this.notices = source["notices"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class NetworkState {
	    id: string;
	    name: string;
	    state: string;
	    word: string;
	    addresses: AddressState[];
	
	    static createFrom(source: any = {}) {
	        return new NetworkState(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.name = source["name"];
	        this.state = source["state"];
	        this.word = source["word"];
	        this.addresses = this.convertValues(source["addresses"], AddressState);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class NetworksView {
	    networks: NetworkState[];
	    at: string;
	    auto: boolean;
	    minutes: number;
	    elsewhere: string;
	    given: boolean;
	
	    static createFrom(source: any = {}) {
	        return new NetworksView(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.networks = this.convertValues(source["networks"], NetworkState);
	        this.at = source["at"];
	        this.auto = source["auto"];
	        this.minutes = source["minutes"];
	        this.elsewhere = source["elsewhere"];
	        this.given = source["given"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class NewApp {
	    name: string;
	    kind: string;
	
	    static createFrom(source: any = {}) {
	        return new NewApp(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.name = source["name"];
	        this.kind = source["kind"];
	    }
	}
	export class NextItem {
	    app_id: string;
	    app_name: string;
	    task: string;
	    title: string;
	    stage: string;
	    stage_name: string;
	    status: string;
	    status_word: string;
	    act: string;
	    act_word: string;
	    actor: string;
	    actor_name: string;
	    party: string;
	    party_word: string;
	    network: string;
	    network_name: string;
	    not_before: string;
	    reason: string;
	    unlocks: number;
	
	    static createFrom(source: any = {}) {
	        return new NextItem(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.app_id = source["app_id"];
	        this.app_name = source["app_name"];
	        this.task = source["task"];
	        this.title = source["title"];
	        this.stage = source["stage"];
	        this.stage_name = source["stage_name"];
	        this.status = source["status"];
	        this.status_word = source["status_word"];
	        this.act = source["act"];
	        this.act_word = source["act_word"];
	        this.actor = source["actor"];
	        this.actor_name = source["actor_name"];
	        this.party = source["party"];
	        this.party_word = source["party_word"];
	        this.network = source["network"];
	        this.network_name = source["network_name"];
	        this.not_before = source["not_before"];
	        this.reason = source["reason"];
	        this.unlocks = source["unlocks"];
	    }
	}
	export class Opened {
	    path: string;
	    name: string;
	    size: number;
	
	    static createFrom(source: any = {}) {
	        return new Opened(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.path = source["path"];
	        this.name = source["name"];
	        this.size = source["size"];
	    }
	}
	export class OutboxAnswer {
	    id: string;
	    question: string;
	    yes: boolean;
	
	    static createFrom(source: any = {}) {
	        return new OutboxAnswer(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.question = source["question"];
	        this.yes = source["yes"];
	    }
	}
	export class OutboxFilter {
	    app_id: string;
	    open: boolean;
	
	    static createFrom(source: any = {}) {
	        return new OutboxFilter(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.app_id = source["app_id"];
	        this.open = source["open"];
	    }
	}
	export class OutboxFollow {
	    case_id: string;
	    task: string;
	    task_title: string;
	    act: string;
	    act_word: string;
	    allowed: boolean;
	    reason: string;
	    hint: string;
	    done: boolean;
	
	    static createFrom(source: any = {}) {
	        return new OutboxFollow(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.case_id = source["case_id"];
	        this.task = source["task"];
	        this.task_title = source["task_title"];
	        this.act = source["act"];
	        this.act_word = source["act_word"];
	        this.allowed = source["allowed"];
	        this.reason = source["reason"];
	        this.hint = source["hint"];
	        this.done = source["done"];
	    }
	}
	export class OutboxPrepare {
	    app_id: string;
	    kind: string;
	    component: string;
	    version: string;
	    remark: string;
	    upload: string;
	    job: string;
	
	    static createFrom(source: any = {}) {
	        return new OutboxPrepare(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.app_id = source["app_id"];
	        this.kind = source["kind"];
	        this.component = source["component"];
	        this.version = source["version"];
	        this.remark = source["remark"];
	        this.upload = source["upload"];
	        this.job = source["job"];
	    }
	}
	export class OutboxRun {
	    id: string;
	    job: string;
	    yes_upload: boolean;
	    headless: boolean;
	
	    static createFrom(source: any = {}) {
	        return new OutboxRun(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.job = source["job"];
	        this.yes_upload = source["yes_upload"];
	        this.headless = source["headless"];
	    }
	}
	export class OutboxView {
	    id: string;
	    app_id: string;
	    kind: string;
	    component?: string;
	    state: string;
	    reason?: string;
	    hint?: string;
	    // Go type: listing
	    target: any;
	    asks: listing.ActionAsk[];
	    // Go type: listing
	    code?: any;
	    warnings?: listing.Finding[];
	    steps: listing.ActionStep[];
	    breaks?: listing.ActionBreak[];
	    // Go type: listing
	    filled?: any;
	    receipt_id?: string;
	    // Go type: listing
	    asking?: any;
	    created_at: string;
	    created_by: string;
	    changed_at: string;
	    app_name: string;
	    kind_word: string;
	    state_word: string;
	    title: string;
	    changed: FieldChange[];
	    against: listing.Finding[];
	    can_run: boolean;
	    receipt?: listing.Receipt;
	    follow?: OutboxFollow;
	
	    static createFrom(source: any = {}) {
	        return new OutboxView(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.app_id = source["app_id"];
	        this.kind = source["kind"];
	        this.component = source["component"];
	        this.state = source["state"];
	        this.reason = source["reason"];
	        this.hint = source["hint"];
	        this.target = this.convertValues(source["target"], null);
	        this.asks = this.convertValues(source["asks"], listing.ActionAsk);
	        this.code = this.convertValues(source["code"], null);
	        this.warnings = this.convertValues(source["warnings"], listing.Finding);
	        this.steps = this.convertValues(source["steps"], listing.ActionStep);
	        this.breaks = this.convertValues(source["breaks"], listing.ActionBreak);
	        this.filled = this.convertValues(source["filled"], null);
	        this.receipt_id = source["receipt_id"];
	        this.asking = this.convertValues(source["asking"], null);
	        this.created_at = source["created_at"];
	        this.created_by = source["created_by"];
	        this.changed_at = source["changed_at"];
	        this.app_name = source["app_name"];
	        this.kind_word = source["kind_word"];
	        this.state_word = source["state_word"];
	        this.title = source["title"];
	        this.changed = this.convertValues(source["changed"], FieldChange);
	        this.against = this.convertValues(source["against"], listing.Finding);
	        this.can_run = source["can_run"];
	        this.receipt = this.convertValues(source["receipt"], listing.Receipt);
	        this.follow = this.convertValues(source["follow"], OutboxFollow);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class OverviewFilter {
	    party: string;
	    kind: string;
	    region: string;
	    stage: string;
	    query: string;
	    archived: boolean;
	
	    static createFrom(source: any = {}) {
	        return new OverviewFilter(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.party = source["party"];
	        this.kind = source["kind"];
	        this.region = source["region"];
	        this.stage = source["stage"];
	        this.query = source["query"];
	        this.archived = source["archived"];
	    }
	}
	export class OverviewView {
	    sentence: string;
	    next?: NextItem;
	    apps: AppSummary[];
	    total: number;
	    stages: Count[];
	    parties: Count[];
	    due: DueItem[];
	    as_of: string;
	
	    static createFrom(source: any = {}) {
	        return new OverviewView(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.sentence = source["sentence"];
	        this.next = this.convertValues(source["next"], NextItem);
	        this.apps = this.convertValues(source["apps"], AppSummary);
	        this.total = source["total"];
	        this.stages = this.convertValues(source["stages"], Count);
	        this.parties = this.convertValues(source["parties"], Count);
	        this.due = this.convertValues(source["due"], DueItem);
	        this.as_of = source["as_of"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class PackageDiff {
	    against: string;
	    fields: material.FieldDiff[];
	    files: material.FileDiff[];
	
	    static createFrom(source: any = {}) {
	        return new PackageDiff(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.against = source["against"];
	        this.fields = this.convertValues(source["fields"], material.FieldDiff);
	        this.files = this.convertValues(source["files"], material.FileDiff);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class PeriodRequest {
	    from: string;
	    to: string;
	    app: string;
	
	    static createFrom(source: any = {}) {
	        return new PeriodRequest(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.from = source["from"];
	        this.to = source["to"];
	        this.app = source["app"];
	    }
	}
	
	export class PortalBrowser {
	    found: boolean;
	    name: string;
	    path: string;
	    chosen: boolean;
	    message: string;
	    hint: string;
	
	    static createFrom(source: any = {}) {
	        return new PortalBrowser(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.found = source["found"];
	        this.name = source["name"];
	        this.path = source["path"];
	        this.chosen = source["chosen"];
	        this.message = source["message"];
	        this.hint = source["hint"];
	    }
	}
	export class PortalFill {
	    url: string;
	    form: string;
	    app_id: string;
	    component: string;
	    values: string;
	    headless: boolean;
	    yes_upload: boolean;
	    job: string;
	
	    static createFrom(source: any = {}) {
	        return new PortalFill(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.url = source["url"];
	        this.form = source["form"];
	        this.app_id = source["app_id"];
	        this.component = source["component"];
	        this.values = source["values"];
	        this.headless = source["headless"];
	        this.yes_upload = source["yes_upload"];
	        this.job = source["job"];
	    }
	}
	export class PortalFilled {
	    fields: fill.Field[];
	    pressed_final: boolean;
	    notes?: string[];
	    url: string;
	    picture: string;
	    drift?: table.Drift[];
	
	    static createFrom(source: any = {}) {
	        return new PortalFilled(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.fields = this.convertValues(source["fields"], fill.Field);
	        this.pressed_final = source["pressed_final"];
	        this.notes = source["notes"];
	        this.url = source["url"];
	        this.picture = source["picture"];
	        this.drift = this.convertValues(source["drift"], table.Drift);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class PortalPasted {
	    table: string;
	    app_id: string;
	    html: string;
	    text: string;
	
	    static createFrom(source: any = {}) {
	        return new PortalPasted(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.table = source["table"];
	        this.app_id = source["app_id"];
	        this.html = source["html"];
	        this.text = source["text"];
	    }
	}
	export class PortalQuestion {
	    text: string;
	    yes: string;
	    no: string;
	    files: string[];
	
	    static createFrom(source: any = {}) {
	        return new PortalQuestion(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.text = source["text"];
	        this.yes = source["yes"];
	        this.no = source["no"];
	        this.files = source["files"];
	    }
	}
	export class PortalRead {
	    result: table.Result;
	    from: string;
	    app_id: string;
	
	    static createFrom(source: any = {}) {
	        return new PortalRead(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.result = this.convertValues(source["result"], table.Result);
	        this.from = source["from"];
	        this.app_id = source["app_id"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class PortalRequest {
	    app_id: string;
	    release_id: string;
	    state: string;
	
	    static createFrom(source: any = {}) {
	        return new PortalRequest(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.app_id = source["app_id"];
	        this.release_id = source["release_id"];
	        this.state = source["state"];
	    }
	}
	export class PortalSaved {
	    table: string;
	    app_id: string;
	    uploads: string[];
	
	    static createFrom(source: any = {}) {
	        return new PortalSaved(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.table = source["table"];
	        this.app_id = source["app_id"];
	        this.uploads = source["uploads"];
	    }
	}
	export class PortalSession {
	    portal: string;
	    title: string;
	    region: string;
	    url: string;
	    state: string;
	    word: string;
	    message: string;
	    since: string;
	    remembered: boolean;
	    logged_in_at: string;
	
	    static createFrom(source: any = {}) {
	        return new PortalSession(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.portal = source["portal"];
	        this.title = source["title"];
	        this.region = source["region"];
	        this.url = source["url"];
	        this.state = source["state"];
	        this.word = source["word"];
	        this.message = source["message"];
	        this.since = source["since"];
	        this.remembered = source["remembered"];
	        this.logged_in_at = source["logged_in_at"];
	    }
	}
	
	export class PortalWanted {
	    table: string;
	    app_id: string;
	    job: string;
	
	    static createFrom(source: any = {}) {
	        return new PortalWanted(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.table = source["table"];
	        this.app_id = source["app_id"];
	        this.job = source["job"];
	    }
	}
	export class PortalsView {
	    sessions: PortalSession[];
	    browser: PortalBrowser;
	
	    static createFrom(source: any = {}) {
	        return new PortalsView(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.sessions = this.convertValues(source["sessions"], PortalSession);
	        this.browser = this.convertValues(source["browser"], PortalBrowser);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class PreviewPage {
	    title: string;
	    html: string;
	
	    static createFrom(source: any = {}) {
	        return new PreviewPage(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.title = source["title"];
	        this.html = source["html"];
	    }
	}
	export class RecipeForm {
	    id: string;
	    title: string;
	
	    static createFrom(source: any = {}) {
	        return new RecipeForm(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.title = source["title"];
	    }
	}
	export class RecipeTable {
	    id: string;
	    title: string;
	    columns: string[];
	    compared: boolean;
	
	    static createFrom(source: any = {}) {
	        return new RecipeTable(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.title = source["title"];
	        this.columns = source["columns"];
	        this.compared = source["compared"];
	    }
	}
	export class RecipeInfo {
	    id: string;
	    title: string;
	    version: string;
	    source: string;
	    date: string;
	    own: boolean;
	    embedded_version: string;
	    file_name: string;
	    changed_by: string;
	    changed_at: string;
	    unused: string;
	    tables: RecipeTable[];
	    forms: RecipeForm[];
	
	    static createFrom(source: any = {}) {
	        return new RecipeInfo(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.title = source["title"];
	        this.version = source["version"];
	        this.source = source["source"];
	        this.date = source["date"];
	        this.own = source["own"];
	        this.embedded_version = source["embedded_version"];
	        this.file_name = source["file_name"];
	        this.changed_by = source["changed_by"];
	        this.changed_at = source["changed_at"];
	        this.unused = source["unused"];
	        this.tables = this.convertValues(source["tables"], RecipeTable);
	        this.forms = this.convertValues(source["forms"], RecipeForm);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	
	export class RefreshView {
	    minutes: number;
	    running: boolean;
	    last_at: string;
	    next_at: string;
	    message: string;
	    login: boolean;
	    changes: number;
	    plan_id: string;
	
	    static createFrom(source: any = {}) {
	        return new RefreshView(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.minutes = source["minutes"];
	        this.running = source["running"];
	        this.last_at = source["last_at"];
	        this.next_at = source["next_at"];
	        this.message = source["message"];
	        this.login = source["login"];
	        this.changes = source["changes"];
	        this.plan_id = source["plan_id"];
	    }
	}
	
	export class Saved {
	    saved_at: string;
	    values: FieldValue[];
	    completeness: forms.Completeness[];
	
	    static createFrom(source: any = {}) {
	        return new Saved(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.saved_at = source["saved_at"];
	        this.values = this.convertValues(source["values"], FieldValue);
	        this.completeness = this.convertValues(source["completeness"], forms.Completeness);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class SettingsChange {
	    operator: string;
	    role: string;
	    portal_unhosted: boolean;
	    takes_built_output: boolean;
	
	    static createFrom(source: any = {}) {
	        return new SettingsChange(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.operator = source["operator"];
	        this.role = source["role"];
	        this.portal_unhosted = source["portal_unhosted"];
	        this.takes_built_output = source["takes_built_output"];
	    }
	}
	export class SnapshotView {
	    id: string;
	    at: string;
	    reason: string;
	    note?: string;
	    size: number;
	    sha256: string;
	    sm3: string;
	    schema: number;
	    records: number;
	    journal: number;
	    problem?: string;
	    reason_word: string;
	
	    static createFrom(source: any = {}) {
	        return new SnapshotView(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.at = source["at"];
	        this.reason = source["reason"];
	        this.note = source["note"];
	        this.size = source["size"];
	        this.sha256 = source["sha256"];
	        this.sm3 = source["sm3"];
	        this.schema = source["schema"];
	        this.records = source["records"];
	        this.journal = source["journal"];
	        this.problem = source["problem"];
	        this.reason_word = source["reason_word"];
	    }
	}
	export class SnippetView {
	    stack: string;
	    facts_version: string;
	    files: tracking.File[];
	    findings: listing.Finding[];
	
	    static createFrom(source: any = {}) {
	        return new SnippetView(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.stack = source["stack"];
	        this.facts_version = source["facts_version"];
	        this.files = this.convertValues(source["files"], tracking.File);
	        this.findings = this.convertValues(source["findings"], listing.Finding);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class StackInfo {
	    id: string;
	    title: string;
	
	    static createFrom(source: any = {}) {
	        return new StackInfo(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.title = source["title"];
	    }
	}
	export class StartRequest {
	    unit_name: string;
	    process_region: string;
	    region: string;
	    role: string;
	    operator: string;
	
	    static createFrom(source: any = {}) {
	        return new StartRequest(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.unit_name = source["unit_name"];
	        this.process_region = source["process_region"];
	        this.region = source["region"];
	        this.role = source["role"];
	        this.operator = source["operator"];
	    }
	}
	export class SyncTask {
	    id: string;
	    title: string;
	
	    static createFrom(source: any = {}) {
	        return new SyncTask(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.title = source["title"];
	    }
	}
	export class SyncLine {
	    id: string;
	    kind: string;
	    app_id: string;
	    app_name: string;
	    table: string;
	    key: string;
	    label: string;
	    local: string;
	    portal: string;
	    result: string;
	    side: string;
	    meaning: string;
	    ticked: boolean;
	    why: string;
	    hint: string;
	    after: string;
	    case_id?: string;
	    task?: string;
	    task_title?: string;
	    act?: string;
	    act_word?: string;
	    reason?: string;
	    reopenable?: SyncTask[];
	    fingerprint: string;
	
	    static createFrom(source: any = {}) {
	        return new SyncLine(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.kind = source["kind"];
	        this.app_id = source["app_id"];
	        this.app_name = source["app_name"];
	        this.table = source["table"];
	        this.key = source["key"];
	        this.label = source["label"];
	        this.local = source["local"];
	        this.portal = source["portal"];
	        this.result = source["result"];
	        this.side = source["side"];
	        this.meaning = source["meaning"];
	        this.ticked = source["ticked"];
	        this.why = source["why"];
	        this.hint = source["hint"];
	        this.after = source["after"];
	        this.case_id = source["case_id"];
	        this.task = source["task"];
	        this.task_title = source["task_title"];
	        this.act = source["act"];
	        this.act_word = source["act_word"];
	        this.reason = source["reason"];
	        this.reopenable = this.convertValues(source["reopenable"], SyncTask);
	        this.fingerprint = source["fingerprint"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class SyncApplied {
	    plan_id: string;
	    lines: SyncLine[];
	    done: string[];
	    notices: string[];
	    adopted: BulkApp[];
	    snapshot: string;
	
	    static createFrom(source: any = {}) {
	        return new SyncApplied(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.plan_id = source["plan_id"];
	        this.lines = this.convertValues(source["lines"], SyncLine);
	        this.done = source["done"];
	        this.notices = source["notices"];
	        this.adopted = this.convertValues(source["adopted"], BulkApp);
	        this.snapshot = source["snapshot"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class SyncApply {
	    plan_id: string;
	    lines: string[];
	    reasons: Record<string, string>;
	    reopens: Record<string, Array<string>>;
	    dry_run: boolean;
	
	    static createFrom(source: any = {}) {
	        return new SyncApply(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.plan_id = source["plan_id"];
	        this.lines = source["lines"];
	        this.reasons = source["reasons"];
	        this.reopens = source["reopens"];
	        this.dry_run = source["dry_run"];
	    }
	}
	export class SyncCandidate {
	    app_id: string;
	    name: string;
	    identifier: string;
	    why: string;
	
	    static createFrom(source: any = {}) {
	        return new SyncCandidate(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.app_id = source["app_id"];
	        this.name = source["name"];
	        this.identifier = source["identifier"];
	        this.why = source["why"];
	    }
	}
	export class SyncCell {
	    table: string;
	    header: string;
	    text: string;
	
	    static createFrom(source: any = {}) {
	        return new SyncCell(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.table = source["table"];
	        this.header = source["header"];
	        this.text = source["text"];
	    }
	}
	export class SyncChoice {
	    plan_id: string;
	    row: string;
	    app_id: string;
	
	    static createFrom(source: any = {}) {
	        return new SyncChoice(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.plan_id = source["plan_id"];
	        this.row = source["row"];
	        this.app_id = source["app_id"];
	    }
	}
	export class SyncCounts {
	    rows: number;
	    same: number;
	    fields: number;
	    acts: number;
	    questions: number;
	    adopt: number;
	    ambiguous: number;
	    missing: number;
	    ticked: number;
	
	    static createFrom(source: any = {}) {
	        return new SyncCounts(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.rows = source["rows"];
	        this.same = source["same"];
	        this.fields = source["fields"];
	        this.acts = source["acts"];
	        this.questions = source["questions"];
	        this.adopt = source["adopt"];
	        this.ambiguous = source["ambiguous"];
	        this.missing = source["missing"];
	        this.ticked = source["ticked"];
	    }
	}
	
	export class SyncLive {
	    tables: string[];
	    app_id: string;
	    url: string;
	    quiet: boolean;
	    job: string;
	
	    static createFrom(source: any = {}) {
	        return new SyncLive(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.tables = source["tables"];
	        this.app_id = source["app_id"];
	        this.url = source["url"];
	        this.quiet = source["quiet"];
	        this.job = source["job"];
	    }
	}
	export class SyncMissing {
	    app_id: string;
	    name: string;
	    message: string;
	
	    static createFrom(source: any = {}) {
	        return new SyncMissing(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.app_id = source["app_id"];
	        this.name = source["name"];
	        this.message = source["message"];
	    }
	}
	export class SyncRow {
	    id: string;
	    name: string;
	    number: string;
	    match: string;
	    match_word: string;
	    app_id: string;
	    app_name: string;
	    candidates: SyncCandidate[];
	    state?: procedure.PortalState;
	    cells: SyncCell[];
	    lines: SyncLine[];
	    notes: string[];
	
	    static createFrom(source: any = {}) {
	        return new SyncRow(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.name = source["name"];
	        this.number = source["number"];
	        this.match = source["match"];
	        this.match_word = source["match_word"];
	        this.app_id = source["app_id"];
	        this.app_name = source["app_name"];
	        this.candidates = this.convertValues(source["candidates"], SyncCandidate);
	        this.state = this.convertValues(source["state"], procedure.PortalState);
	        this.cells = this.convertValues(source["cells"], SyncCell);
	        this.lines = this.convertValues(source["lines"], SyncLine);
	        this.notes = source["notes"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class SyncTableInfo {
	    table: string;
	    title: string;
	    from: string;
	    at: string;
	    pages: number;
	    rows: number;
	    notes: string[];
	
	    static createFrom(source: any = {}) {
	        return new SyncTableInfo(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.table = source["table"];
	        this.title = source["title"];
	        this.from = source["from"];
	        this.at = source["at"];
	        this.pages = source["pages"];
	        this.rows = source["rows"];
	        this.notes = source["notes"];
	    }
	}
	export class SyncPlan {
	    id: string;
	    at: string;
	    by: string;
	    quiet: boolean;
	    tables: SyncTableInfo[];
	    rows: SyncRow[];
	    missing: SyncMissing[];
	    counts: SyncCounts;
	    applied_at: string;
	    done: string[];
	
	    static createFrom(source: any = {}) {
	        return new SyncPlan(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.at = source["at"];
	        this.by = source["by"];
	        this.quiet = source["quiet"];
	        this.tables = this.convertValues(source["tables"], SyncTableInfo);
	        this.rows = this.convertValues(source["rows"], SyncRow);
	        this.missing = this.convertValues(source["missing"], SyncMissing);
	        this.counts = this.convertValues(source["counts"], SyncCounts);
	        this.applied_at = source["applied_at"];
	        this.done = source["done"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class SyncReading {
	    result: table.Result;
	    from: string;
	    app_id: string;
	
	    static createFrom(source: any = {}) {
	        return new SyncReading(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.result = this.convertValues(source["result"], table.Result);
	        this.from = source["from"];
	        this.app_id = source["app_id"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class SyncRequest {
	    readings: SyncReading[];
	
	    static createFrom(source: any = {}) {
	        return new SyncRequest(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.readings = this.convertValues(source["readings"], SyncReading);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	
	export class SyncSaved {
	    table: string;
	    app_id: string;
	    uploads: string[];
	    text: string;
	
	    static createFrom(source: any = {}) {
	        return new SyncSaved(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.table = source["table"];
	        this.app_id = source["app_id"];
	        this.uploads = source["uploads"];
	        this.text = source["text"];
	    }
	}
	
	
	
	export class TemplateInfo {
	    material: string;
	    title: string;
	    own: boolean;
	    name: string;
	    unknown: string[];
	
	    static createFrom(source: any = {}) {
	        return new TemplateInfo(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.material = source["material"];
	        this.title = source["title"];
	        this.own = source["own"];
	        this.name = source["name"];
	        this.unknown = source["unknown"];
	    }
	}
	export class TodoFilter {
	    role: string;
	    party: string;
	    app: string;
	    kind: string;
	    app_kind: string;
	    region: string;
	    flow: string;
	    query: string;
	    overdue: boolean;
	    until: string;
	
	    static createFrom(source: any = {}) {
	        return new TodoFilter(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.role = source["role"];
	        this.party = source["party"];
	        this.app = source["app"];
	        this.kind = source["kind"];
	        this.app_kind = source["app_kind"];
	        this.region = source["region"];
	        this.flow = source["flow"];
	        this.query = source["query"];
	        this.overdue = source["overdue"];
	        this.until = source["until"];
	    }
	}
	export class TodoView {
	    role: string;
	    items: report.TodoItem[];
	    total: number;
	    overdue: number;
	    today: number;
	    as_of: string;
	
	    static createFrom(source: any = {}) {
	        return new TodoView(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.role = source["role"];
	        this.items = this.convertValues(source["items"], report.TodoItem);
	        this.total = source["total"];
	        this.overdue = source["overdue"];
	        this.today = source["today"];
	        this.as_of = source["as_of"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class TypedHoliday {
	    name: string;
	    from: string;
	    to: string;
	    work: string[];
	
	    static createFrom(source: any = {}) {
	        return new TypedHoliday(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.name = source["name"];
	        this.from = source["from"];
	        this.to = source["to"];
	        this.work = source["work"];
	    }
	}
	export class TypedYear {
	    year: number;
	    source: string;
	    date: string;
	    holidays: TypedHoliday[];
	
	    static createFrom(source: any = {}) {
	        return new TypedYear(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.year = source["year"];
	        this.source = source["source"];
	        this.date = source["date"];
	        this.holidays = this.convertValues(source["holidays"], TypedHoliday);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class UnitView {
	    unit: listing.Unit;
	    settings: listing.Settings;
	
	    static createFrom(source: any = {}) {
	        return new UnitView(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.unit = this.convertValues(source["unit"], listing.Unit);
	        this.settings = this.convertValues(source["settings"], listing.Settings);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class WeeklyRequest {
	    week: string;
	    app: string;
	
	    static createFrom(source: any = {}) {
	        return new WeeklyRequest(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.week = source["week"];
	        this.app = source["app"];
	    }
	}
	
	export class WorkdayAnswer {
	    date: string;
	    estimated: boolean;
	
	    static createFrom(source: any = {}) {
	        return new WorkdayAnswer(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.date = source["date"];
	        this.estimated = source["estimated"];
	    }
	}
	export class WorkdaySpan {
	    days: number;
	    estimated: boolean;
	
	    static createFrom(source: any = {}) {
	        return new WorkdaySpan(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.days = source["days"];
	        this.estimated = source["estimated"];
	    }
	}

}

export namespace snapshot {
	
	export class Info {
	    id: string;
	    at: string;
	    reason: string;
	    note?: string;
	    size: number;
	    sha256: string;
	    sm3: string;
	    schema: number;
	    records: number;
	    journal: number;
	    problem?: string;
	
	    static createFrom(source: any = {}) {
	        return new Info(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.at = source["at"];
	        this.reason = source["reason"];
	        this.note = source["note"];
	        this.size = source["size"];
	        this.sha256 = source["sha256"];
	        this.sm3 = source["sm3"];
	        this.schema = source["schema"];
	        this.records = source["records"];
	        this.journal = source["journal"];
	        this.problem = source["problem"];
	    }
	}

}

export namespace store {
	
	export class Problem {
	    code: string;
	    where: string;
	    message: string;
	    hint?: string;
	
	    static createFrom(source: any = {}) {
	        return new Problem(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.code = source["code"];
	        this.where = source["where"];
	        this.message = source["message"];
	        this.hint = source["hint"];
	    }
	}
	export class Report {
	    ok: boolean;
	    file: string;
	    schema: number;
	    records: Record<string, number>;
	    journal: number;
	    blobs: number;
	    problems: Problem[];
	
	    static createFrom(source: any = {}) {
	        return new Report(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.ok = source["ok"];
	        this.file = source["file"];
	        this.schema = source["schema"];
	        this.records = source["records"];
	        this.journal = source["journal"];
	        this.blobs = source["blobs"];
	        this.problems = this.convertValues(source["problems"], Problem);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class Restored {
	    from: snapshot.Info;
	    before?: snapshot.Info;
	    quarantine: string;
	
	    static createFrom(source: any = {}) {
	        return new Restored(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.from = this.convertValues(source["from"], snapshot.Info);
	        this.before = this.convertValues(source["before"], snapshot.Info);
	        this.quarantine = source["quarantine"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}

}

export namespace table {
	
	export class Drift {
	    kind: string;
	    what: string;
	    seen: string[];
	    recipe: string;
	    message: string;
	    hint: string;
	    picture?: string;
	
	    static createFrom(source: any = {}) {
	        return new Drift(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.kind = source["kind"];
	        this.what = source["what"];
	        this.seen = source["seen"];
	        this.recipe = source["recipe"];
	        this.message = source["message"];
	        this.hint = source["hint"];
	        this.picture = source["picture"];
	    }
	}
	export class Part {
	    heading: string;
	    from: number;
	    rows: number;
	
	    static createFrom(source: any = {}) {
	        return new Part(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.heading = source["heading"];
	        this.from = source["from"];
	        this.rows = source["rows"];
	    }
	}
	export class Place {
	    Document: number;
	    Mark: string;
	    Total: number;
	    At: number;
	    Last: number;
	    Lines: number;
	
	    static createFrom(source: any = {}) {
	        return new Place(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.Document = source["Document"];
	        this.Mark = source["Mark"];
	        this.Total = source["Total"];
	        this.At = source["At"];
	        this.Last = source["Last"];
	        this.Lines = source["Lines"];
	    }
	}
	export class Result {
	    table: string;
	    pages: number;
	    rows: any[];
	    parts?: Part[];
	    drift: Drift[];
	    notes?: string[];
	    incomplete?: boolean;
	    whole?: boolean;
	
	    static createFrom(source: any = {}) {
	        return new Result(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.table = source["table"];
	        this.pages = source["pages"];
	        this.rows = source["rows"];
	        this.parts = this.convertValues(source["parts"], Part);
	        this.drift = this.convertValues(source["drift"], Drift);
	        this.notes = source["notes"];
	        this.incomplete = source["incomplete"];
	        this.whole = source["whole"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}

}

export namespace tracking {
	
	export class Note {
	    from: number;
	    to: number;
	    text: string;
	
	    static createFrom(source: any = {}) {
	        return new Note(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.from = source["from"];
	        this.to = source["to"];
	        this.text = source["text"];
	    }
	}
	export class File {
	    name: string;
	    title: string;
	    place: string;
	    body: string;
	    explain: Note[];
	
	    static createFrom(source: any = {}) {
	        return new File(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.name = source["name"];
	        this.title = source["title"];
	        this.place = source["place"];
	        this.body = source["body"];
	        this.explain = this.convertValues(source["explain"], Note);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	
	export class PageResult {
	    id: string;
	    name: string;
	    url?: string;
	    file?: string;
	    verdict: string;
	    verdict_word: string;
	    evidence: string[];
	
	    static createFrom(source: any = {}) {
	        return new PageResult(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.name = source["name"];
	        this.url = source["url"];
	        this.file = source["file"];
	        this.verdict = source["verdict"];
	        this.verdict_word = source["verdict_word"];
	        this.evidence = source["evidence"];
	    }
	}
	export class Result {
	    kind: string;
	    target: string;
	    files: number;
	    bytes: number;
	    pages: PageResult[];
	    findings: listing.Finding[];
	    passed: boolean;
	    facts_version: string;
	
	    static createFrom(source: any = {}) {
	        return new Result(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.kind = source["kind"];
	        this.target = source["target"];
	        this.files = source["files"];
	        this.bytes = source["bytes"];
	        this.pages = this.convertValues(source["pages"], PageResult);
	        this.findings = this.convertValues(source["findings"], listing.Finding);
	        this.passed = source["passed"];
	        this.facts_version = source["facts_version"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}

}

