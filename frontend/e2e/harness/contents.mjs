// What people write into the documents of a release in two phases, in the words that stand on the pages.

/** A moment as it is typed into a field: company time, wherever the browser is. */
export function typed(moment) {
  const parts = new Intl.DateTimeFormat("sv-SE", {
    timeZone: "Asia/Shanghai",
    dateStyle: "short",
    timeStyle: "short",
  });
  return parts.format(moment);
}

const minutes = (n) => n * 60_000;
const dayOf = (moment) => typed(moment).slice(0, 10);

/** A window that is open from this minute on. */
export function openWindow() {
  const start = new Date(Math.floor(Date.now() / minutes(1)) * minutes(1));
  return { start, end: new Date(start.getTime() + minutes(240)) };
}

const stepTitles = ["停止柜面服务", "安装柜面应用 3.2.1", "在试点网点启动并验证", "在其余网点启动并验证"];

/** The release plan (5.1, 5.2). */
export function releasePlan({ names, system }, { start, end }) {
  const at = (n) => typed(new Date(start.getTime() + minutes(n)));
  return {
    purpose: "修复柜面交易重复提交的缺陷，满足已批准变更的要求。",
    impact: "发布期间网点柜面暂停服务，完成后恢复；不影响其它系统。",
    affected: { service_objects: [system], users: "全部网点柜员", from: typed(start), until: typed(end) },
    configuration_items: [{ identifier: "CI-柜面应用", name: "柜面应用", planned_version: "3.2.1", phase: "pilot" }],
    backups: [
      {
        service_object: system,
        object: "柜面数据库与程序目录",
        kind: "历史数据",
        method: "全量备份",
        place: "备份服务器/发布备份",
        responsible: names.implementer,
        at: at(-60),
        restore_check: "在测试环境恢复并抽查记录数",
      },
    ],
    window: { start: typed(start), end: typed(end) },
    steps: stepTitles.map((title, n) => ({
      title,
      person: names.implementer,
      start: at(n * 20),
      duration_minutes: 20,
      ...(n > 0 && { predecessors: [stepTitles[n - 1]] }),
      ...(n === 1 && { units: ["柜面应用"] }),
      check: "监控无告警，版本与计划一致",
      phase: n < 3 ? "pilot" : "rest",
    })),
    staffing: "一人操作、一人复核，发布管理员现场协调，服务台值守。",
    resources: [{ name: "实施工程师", kind: "人员", person: names.implementer, planned_minutes: 240, quantity: "1人" }],
    rollback: {
      criteria: "柜面启动失败，或主要业务不能恢复时回退。",
      decider: names.owner,
      systems: [{ service_object: system, system, time_point: typed(start) }],
      latest_safe_start: at(120),
      data_objects: { not_applicable_reason: "本次发布不涉及数据对象" },
      configuration_data: { not_applicable_reason: "本次发布不改配置参数" },
      applications: {
        rows: [
          {
            unit: "柜面应用",
            target_version: "3.2.0",
            action: "从产品库取回上一版本重新安装",
            person: names.implementer,
            duration_minutes: 15,
          },
        ],
      },
      notifications: {
        rows: [{ system: "统一监控平台", contact: "监控值班员", channel: "电话 0871-65001999" }],
      },
    },
    problems: [{ phenomenon: "启动后连接数据库超时", solution: "检查连接池配置与白名单，未恢复则回退。" }],
    other_work: {
      rows: [
        {
          title: "观察柜面运行指标三个工作日",
          assignee: names.support,
          due: dayOf(new Date(end.getTime() + minutes(60 * 24 * 7))),
          kind: "上线观察",
        },
      ],
    },
    risks: [
      {
        cause: "数据库脚本执行时间超出预期",
        probability: "低",
        impact: "中",
        level: "中",
        control: "测试环境用等量数据演练，超时即回退",
        owner: names.administrator,
        residual: "低",
      },
    ],
    acceptance_criteria: [{ text: "变更要求的功能全部可用，测试用例通过。" }],
  };
}

/** What is tested; the other categories do not apply. */
export const testCases = [
  { category: "功能", title: "柜面交易不重复提交", expected: "连续点击只产生一笔交易" },
  { category: "回滚程序", title: "按回退方案恢复到 3.2.0", expected: "恢复后主要业务正常" },
];

const notTested = [
  "technical_operation",
  "operation",
  "performance",
  "compatibility",
  "installation_order",
  "management_procedures",
];

/** The test report (5.4); a failed round has a blocking defect. */
export function testReport({ names }, passes) {
  const consented = { conclusion: "不适用", reason: "本次发布不涉及此项", consented_by: names.administrator };
  return {
    environment: [{ item: "操作系统", production: "银河麒麟 V10", test: "银河麒麟 V10" }],
    categories: {
      ...Object.fromEntries(notTested.map((category) => [category, consented])),
      function: { conclusion: passes ? "与预期一致" : "与预期不一致" },
      rollback_procedure: { conclusion: "与预期一致" },
    },
    rollback_rehearsal: {
      rehearsed: true,
      at: typed(new Date()),
      duration_minutes: 35,
      result: "按回退方案执行，恢复到上一版本，业务正常",
    },
    release_procedure_effective: "是",
    rollback_procedure_effective: "是",
    defects: [
      { title: "连续点击产生两笔交易", level: "阻断", state: passes ? "已修复" : "未解决", reference: "BUG-7" },
    ],
    verdict: passes ? "通过" : "不通过",
    summary: passes ? "测试结果与预期一致，建议提交客户验收。" : "发现阻断性缺陷，退回修改。",
  };
}

/** What the go-live plan (5.5) adds to what it takes over from the release plan. */
export function goLivePlan({ names }, { start }) {
  const phase = (key, name, scope, order) => ({
    key,
    name,
    scope,
    order,
    pass_criterion: "业务运行正常，无一级、二级故障",
  });
  return {
    procurement: { not_applicable_reason: "无需采购" },
    storage: { rows: [{ item: "发布前备份", place: "备份服务器/发布备份", requirement: "200 GB" }] },
    way: "分阶段上线",
    phases: [phase("pilot", "试点", "两个试点网点", 1), phase("rest", "全面推广", "其余全部网点", 2)],
    communication: {
      message: "网点柜面将进行升级，期间暂停服务，敬请提前安排业务。",
      recipients: "科技部负责人 it@example.com",
      send_at: typed(new Date(start.getTime() - minutes(60))),
    },
    roster: [
      {
        person: names.administrator,
        duty: "现场指挥",
        phone: "0871-65001101",
        deputy: names.owner,
        command: true,
      },
      { person: names.implementer, duty: "部署实施", phone: "0871-65001102", deputy: names.second },
      {
        person: names.support,
        duty: "服务台值守",
        phone: "0871-65001103",
        deputy: names.secondSupport,
        customer_contact: true,
        support: true,
      },
    ],
    rollback_steps: [
      { duration_minutes: 10 },
      { duration_minutes: 15 },
      { person: names.administrator, duration_minutes: 10 },
    ],
  };
}

/** The release report (5.11); its figures are filled in by the system. */
export const releaseReport = {
  problems: {
    rows: [
      {
        phenomenon: "首次启动时连接池告警",
        cause: "初始连接数配置偏小",
        solution: "调整参数后重启，告警消失",
        lesson: "部署清单中增加连接池参数核对项",
      },
    ],
  },
  knowledge_and_training: "已向服务台移交操作手册，培训2人，反馈良好。",
  resource_deviation: "计划4人时，实际4人时，无偏差。",
  watch_result: "运行正常。",
  conclusion: "达到发布目标。",
};
