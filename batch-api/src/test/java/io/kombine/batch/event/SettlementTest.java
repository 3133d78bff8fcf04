package io.kombine.batch.event;

import io.kombine.testing.KombineInfrastructure;
import org.springframework.boot.test.context.SpringBootTest;

/** Settlement on real stores, which all tests of this kind share. */
@KombineInfrastructure
@SpringBootTest(
    classes = SettlementTestConfiguration.class,
    properties = {
      "spring.main.banner-mode=off",
      "spring.kafka.producer.value-serializer=org.apache.kafka.common.serialization.ByteArraySerializer",
      "kombine.access.default-owner=ada",
      "kombine.batch.events.group=${random.uuid}",
      "kombine.artifacts.directory=${java.io.tmpdir}/kombine-settlement-${random.uuid}"
    })
abstract class SettlementTest {}
